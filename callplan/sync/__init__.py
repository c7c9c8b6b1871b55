"""Keeping a CalDAV calendar and the plan the same."""

"""The feed, the pages and the built-in CalDAV server."""

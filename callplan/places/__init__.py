"""Facts about countries and telephone numbers."""

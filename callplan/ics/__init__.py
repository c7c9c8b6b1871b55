"""Steps as iCalendar and back."""

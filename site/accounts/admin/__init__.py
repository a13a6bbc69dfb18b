"""People and organisations in Wagtail's admin."""

"""Notices and their deliveries in Wagtail's admin: to look at, not to change."""

"""The exam domain in Wagtail's admin."""

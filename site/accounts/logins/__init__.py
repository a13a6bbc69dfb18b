"""Logins and their roles in Wagtail's admin, in the place of Wagtail's own user pages."""

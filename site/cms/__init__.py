"""Wagtail's ground: base page, blocks, site settings, section and article pages."""

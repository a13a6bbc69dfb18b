"""The kernel in Wagtail's admin: the audit trail, retention, and what read-only lists of every room share."""

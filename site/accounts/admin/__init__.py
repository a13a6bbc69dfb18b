"""People and organisations in Wagtail's admin: masked unless somebody says why."""

"""People in Wagtail's admin: masked unless somebody says why."""

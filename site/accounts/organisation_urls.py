"""Addresses of those who manage an organisation, and of those who join one."""

app_name = "organisations"
urlpatterns = []

"""Addresses of the inbox."""

app_name = "notices"
urlpatterns = []

"""Addresses of people's own affairs, beside allauth's."""

urlpatterns = []

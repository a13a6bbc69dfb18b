"""Addresses of people's own affairs, beside allauth's."""

from .views import own_data

urlpatterns = [*own_data.urlpatterns]

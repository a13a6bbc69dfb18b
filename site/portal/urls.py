"""Addresses of the portal."""

from django.urls import path

from . import views

urlpatterns = [
    path("my/", views.my, name="my"),
    path("care/", views.care, name="care"),
    path("language/<slug:code>/", views.language, name="language"),
    path("map/", views.site_map, name="site_map"),
    path("report-an-error/", views.report, name="report_error"),
]

"""Addresses of the inbox."""

from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("", views.index, name="inbox"),
    path("read/", views.read_all, name="read_all"),
    path("<int:notice_id>/read/", views.read, name="read"),
    path("<int:notice_id>/open/", views.open_notice, name="open"),
    path("preferences/", views.choose, name="preferences"),
    path("quiet/", views.quiet, name="quiet"),
]

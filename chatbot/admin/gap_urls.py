"""Addresses below /admin/gaps/."""

from django.urls import path

from . import gaps

app_name = "bot_gaps"
urlpatterns = [
    path("", gaps.index, name="index"),
    path("<int:gap_id>/", gaps.show, name="show"),
    path("<int:gap_id>/decide/", gaps.decide, name="decide"),
]

"""Addresses below /admin/practicals/."""

from django.urls import path

from . import practicals

app_name = "exam_practicals"
urlpatterns = [
    path("", practicals.index, name="index"),
    path("<uuid:theory_id>/", practicals.enter, name="enter"),
]

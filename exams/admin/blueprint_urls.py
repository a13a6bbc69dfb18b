"""Addresses below /admin/blueprints/."""

from django.urls import path

from . import blueprints

app_name = "exam_blueprints"
urlpatterns = [
    path("", blueprints.index, name="index"),
    path("new/", blueprints.write, name="new"),
    path("<int:pk>/", blueprints.show, name="show"),
    path("<int:pk>/edit/", blueprints.edit, name="edit"),
    path("<int:pk>/copy/", blueprints.copy, name="copy"),
    path("<int:pk>/retire/", blueprints.retire, name="retire"),
    path("<int:pk>/preview/", blueprints.preview, name="preview"),
]

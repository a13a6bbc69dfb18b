"""Addresses below /admin/knowledge-import/."""

from django.urls import path

from . import imports

app_name = "kb_import"
urlpatterns = [
    path("", imports.index, name="index"),
    path("<uuid:import_id>/", imports.show, name="show"),
    path("<uuid:import_id>/decide/", imports.decide, name="decide"),
]

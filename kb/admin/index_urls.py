"""Addresses below /admin/knowledge-index/."""

from django.urls import path

from . import index

app_name = "kb_index"
urlpatterns = [
    path("", index.index, name="index"),
    path("build/", index.build, name="build"),
    path("back/", index.back, name="back"),
]

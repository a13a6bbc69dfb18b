"""Addresses below /admin/hit-test/."""

from django.urls import path

from . import hit_test

app_name = "bot_hit_test"
urlpatterns = [path("", hit_test.index, name="index")]

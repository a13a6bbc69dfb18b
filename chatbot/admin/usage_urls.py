"""Addresses below /admin/article-use/."""

from django.urls import path

from . import usage

app_name = "bot_usage"
urlpatterns = [path("", usage.index, name="index")]

"""Addresses of the evaluations in the administration."""

from django.urls import path

from . import evaluation

app_name = "kb_evaluation"
urlpatterns = [
    path("", evaluation.index, name="index"),
    path("start/", evaluation.start, name="start"),
    path("<int:pk>/", evaluation.show, name="show"),
]

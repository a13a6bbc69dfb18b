"""Addresses below /admin/knowledge-review/."""

from django.urls import path

from . import review

app_name = "kb_review"
urlpatterns = [
    path("", review.index, name="index"),
    path("pairs/", review.pairs, name="pairs"),
    path("pairs/<int:pair_id>/", review.settle, name="settle"),
    path("due.csv", review.export_due, name="due_csv"),
    path("superseded.csv", review.export_superseded, name="superseded_csv"),
]

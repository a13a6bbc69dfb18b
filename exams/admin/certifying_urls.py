"""Addresses below /admin/certifying/."""

from django.urls import path

from . import certifying

app_name = "exam_certifying"
urlpatterns = [
    path("", certifying.index, name="index"),
    path("issue/", certifying.issue, name="issue"),
    path("batches/<uuid:batch_id>/", certifying.batch, name="batch"),
]

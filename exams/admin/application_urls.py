"""Addresses below /admin/applications/."""

from django.urls import path

from . import applications

app_name = "exam_applications"
urlpatterns = [
    path("", applications.index, name="index"),
    path("<int:pk>/", applications.show, name="show"),
    path("<int:pk>/decide/", applications.decide, name="decide"),
    path("documents/<int:document_id>/", applications.paper, name="document"),
    path("documents/<int:document_id>/judge/", applications.judge, name="judge"),
]

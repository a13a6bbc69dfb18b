"""Addresses of exams."""

from django.urls import include, path

from .application_urls import application_urls
from .certificate_urls import certificate_urls
from .practice_urls import practice_urls
from .views import held, integrity, media, results, runner_api, sitting

app_name = "exams"
urlpatterns = [
    path("", sitting.index, name="index"),
    path("sittings/<int:sitting_id>/apply/", sitting.apply, name="apply"),
    path("attempts/<uuid:attempt_id>/start/", sitting.start, name="start"),
    path("attempts/<uuid:attempt_id>/", sitting.runner, name="runner"),
    path("attempts/<uuid:attempt_id>/result/", results.result, name="result"),
    path("attempts/<uuid:attempt_id>/appeal/", results.appeal, name="appeal"),
    path("api/attempts/<uuid:attempt_id>/", runner_api.state, name="state"),
    path("api/attempts/<uuid:attempt_id>/answers/", runner_api.save, name="save"),
    path("api/attempts/<uuid:attempt_id>/submit/", runner_api.submit, name="submit"),
    path("media/<int:medium_id>/", media.medium, name="media"),
    path("api/attempts/<uuid:attempt_id>/events/", integrity.notice, name="events"),
    path("api/attempts/<uuid:attempt_id>/waiting/", sitting.waiting, name="waiting"),
    path("certificates/", include(certificate_urls)),
    path("practice/", include(practice_urls)),
    path("organisations/<int:pk>/certificates/", held.show, name="held"),
    path("organisations/<int:pk>/certificates/names/", held.names, name="held_names"),
    path("organisations/<int:pk>/certificates/export/", held.export, name="held_export"),
    path("", include(application_urls)),
]

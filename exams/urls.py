"""Addresses of exams."""

from django.urls import include, path

from .certificate_urls import certificate_urls
from .views import media, runner_api, sitting

app_name = "exams"
urlpatterns = [
    path("", sitting.index, name="index"),
    path("sittings/<int:sitting_id>/apply/", sitting.apply, name="apply"),
    path("attempts/<uuid:attempt_id>/start/", sitting.start, name="start"),
    path("attempts/<uuid:attempt_id>/", sitting.runner, name="runner"),
    path("attempts/<uuid:attempt_id>/result/", sitting.result, name="result"),
    path("api/attempts/<uuid:attempt_id>/", runner_api.state, name="state"),
    path("api/attempts/<uuid:attempt_id>/answers/", runner_api.save, name="save"),
    path("api/attempts/<uuid:attempt_id>/submit/", runner_api.submit, name="submit"),
    path("media/<int:medium_id>/", media.medium, name="media"),
    path("certificates/", include(certificate_urls)),
]

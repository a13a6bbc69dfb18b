"""Addresses below /admin/results/."""

from django.urls import path

from . import appeals, hints, regrading, results

app_name = "exam_results"
urlpatterns = [
    path("", results.index, name="index"),
    path("<int:sitting_id>/", results.show, name="show"),
    path("<int:sitting_id>/release/", results.release, name="release"),
    path("<int:sitting_id>/look/", results.look, name="look"),
    path("<int:sitting_id>/results.<str:kind>", results.results_file, name="results_file"),
    path("<int:sitting_id>/statistics.<str:kind>", results.statistics_file, name="statistics_file"),
    path("<int:sitting_id>/versions/<int:version_id>/", results.version, name="version"),
    path("appeals/", appeals.index, name="appeals"),
    path("appeals/<int:appeal_id>/", appeals.decide, name="appeal"),
    path("appeals/<int:appeal_id>/confirm/", appeals.confirm, name="confirm"),
    path("key-changes/", regrading.index, name="key_changes"),
    path("key-changes/new/<int:version_id>/", regrading.propose, name="propose"),
    path("key-changes/<int:change_id>/", regrading.show, name="key_change"),
    path("key-changes/<int:change_id>/approve/", regrading.approve, name="approve"),
    path("key-changes/<int:change_id>/refuse/", regrading.refuse, name="refuse"),
    path("lost-basis/", regrading.lost_basis, name="lost_basis"),
    path("hints/", hints.index, name="hints"),
    path("hints/<int:hint_id>/", hints.look_at, name="look_at"),
]

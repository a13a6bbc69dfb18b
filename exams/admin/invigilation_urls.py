"""Addresses below /admin/invigilation/."""

from django.urls import path

from . import invigilation, invigilation_acts

app_name = "exam_invigilation"
urlpatterns = [
    path("", invigilation.index, name="index"),
    path("<int:sitting_id>/", invigilation.console, name="console"),
    path("<int:sitting_id>/state/", invigilation.state, name="state"),
    path("<int:sitting_id>/ticket/", invigilation.ticket, name="ticket"),
    path("<int:sitting_id>/candidates/<uuid:attempt_id>/", invigilation.record, name="record"),
    path("<int:sitting_id>/acts/<str:name>/", invigilation_acts.act, name="act"),
]

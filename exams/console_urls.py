"""Addresses of the invigilator's console: beside Wagtail's admin, whose look-ups a page asked all day does without."""

from django.urls import path

from .admin import invigilation, invigilation_acts

app_name = "exam_console"
urlpatterns = [
    path("<int:sitting_id>/", invigilation.console, name="console"),
    path("<int:sitting_id>/state/", invigilation.state, name="state"),
    path("<int:sitting_id>/ticket/", invigilation.ticket, name="ticket"),
    path("<int:sitting_id>/candidates/<uuid:attempt_id>/", invigilation.record, name="record"),
    path("<int:sitting_id>/acts/<str:name>/", invigilation_acts.act, name="act"),
]

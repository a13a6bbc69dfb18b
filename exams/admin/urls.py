"""Addresses below /admin/practicals/."""

from django.urls import path

from . import practical_tasks, practicals, score_sheets

app_name = "exam_practicals"
urlpatterns = [
    path("", practicals.index, name="index"),
    path("open/<uuid:theory_id>/", practicals.open_session, name="open"),
    path("tasks/", practical_tasks.index, name="tasks"),
    path("tasks/<int:task_id>/", practical_tasks.change, name="task"),
    path("<uuid:session_id>/", practicals.session, name="session"),
    path("<uuid:session_id>/third/", practicals.call_third, name="call_third"),
    path("<uuid:session_id>/sheets/<uuid:sheet_id>/replace/", practicals.replace, name="replace"),
    path("<uuid:session_id>/cancel/", practicals.cancel, name="cancel"),
    path("<uuid:session_id>/release/", practicals.release, name="release"),
    path("<uuid:session_id>/sheets.pdf", practicals.printed, name="printed"),
    path("sheets/<uuid:sheet_id>/", score_sheets.sheet, name="sheet"),
    path("sheets/<uuid:sheet_id>/state/", score_sheets.state, name="state"),
    path("sheets/<uuid:sheet_id>/photos/", score_sheets.add_photo, name="add_photo"),
    path("sheets/<uuid:sheet_id>/signature/", score_sheets.signature, name="signature"),
    path("photos/<uuid:photo_id>/", score_sheets.photo, name="photo"),
]

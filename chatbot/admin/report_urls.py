"""Addresses below /admin/weekly-reports/."""

from django.urls import path

from . import reports

app_name = "bot_reports"
urlpatterns = [
    path("", reports.index, name="index"),
    path("<int:report_id>/", reports.show, name="show"),
]

"""Addresses below /admin/scheduling/."""

from django.urls import path

from . import scheduling

app_name = "exam_scheduling"
urlpatterns = [
    path("", scheduling.index, name="index"),
    path("make/", scheduling.make, name="make"),
    path("absences/", scheduling.absences, name="absences"),
    path("duties/", scheduling.draw_duties, name="draw_duties"),
    path("<int:sitting_id>/", scheduling.show, name="show"),
    path("<int:sitting_id>/take-back/<int:admission_id>/", scheduling.take_back, name="take_back"),
    path("<int:sitting_id>/seats/", scheduling.draw_seats, name="draw_seats"),
]

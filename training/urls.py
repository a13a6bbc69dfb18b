"""Addresses of training, below /study/."""

from django.urls import path

from . import views

app_name = "training"
urlpatterns = [
    path("enrol/<int:course_id>/", views.enrol, name="enrol"),
    path("beat/<int:lesson_id>/", views.beat, name="beat"),
    path("quiz/<int:lesson_id>/", views.quiz, name="quiz"),
    path("film/<int:lesson_id>/", views.film, name="film"),
]

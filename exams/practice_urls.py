"""Addresses of practising, below /exams/practice/."""

from django.urls import path

from .views import practice

practice_urls = [
    path("", practice.index, name="practice_index"),
    path("<int:operation_id>/", practice.overview, name="practice"),
    path("<int:operation_id>/mock/", practice.mock, name="practice_mock"),
    path("<int:operation_id>/<slug:mode>/", practice.question, name="practice_question"),
    path("answers/<int:answer_id>/", practice.answered, name="practice_answer"),
    path("favourites/<int:question_id>/", practice.favourite, name="practice_favourite"),
]

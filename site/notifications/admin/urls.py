"""Addresses below /admin/notice-texts/."""

from django.urls import path

from . import views

app_name = "notice_texts"
urlpatterns = [
    path("<int:notice_id>/", views.text, name="text"),
    path("deliveries/<int:delivery_id>/again/", views.try_again, name="again"),
]

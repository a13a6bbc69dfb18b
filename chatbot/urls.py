"""The address of the chat page."""

from django.urls import path

from . import views

app_name = "chatbot"
urlpatterns = [path("", views.page, name="page")]

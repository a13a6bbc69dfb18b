"""Addresses of the knowledge base."""

from django.urls import path

from . import views

app_name = "kb"
urlpatterns = [
    path("", views.article_list, name="list"),
    path("<slug:slug>/", views.article, name="article"),
]

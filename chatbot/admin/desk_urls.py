"""Addresses below /admin/desk/."""

from django.urls import path

from . import desk

app_name = "chat_desk"
urlpatterns = [
    path("", desk.index, name="index"),
    path("<uuid:pk>/", desk.ticket, name="ticket"),
    path("<uuid:pk>/reply/", desk.reply, name="reply"),
    path("<uuid:pk>/contact/", desk.contact, name="contact"),
    path("<uuid:pk>/draft/", desk.draft, name="draft"),
    path("<uuid:pk>/acts/<str:name>/", desk.act, name="act"),
]

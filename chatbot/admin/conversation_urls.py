"""Addresses below /admin/conversations/."""

from django.urls import path

from . import conversations

app_name = "bot_conversations"
urlpatterns = [
    path("", conversations.index, name="index"),
    path("<uuid:conversation_id>/", conversations.show, name="show"),
    path("export/<slug:kind>/", conversations.export, name="export"),
]

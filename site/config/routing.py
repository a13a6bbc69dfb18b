"""WebSocket addresses."""

from django.urls import path

from chatbot.consumers import ChatConsumer
from exams.consumers import ConsoleConsumer

websocket_urlpatterns = [
    path("ws/chat/", ChatConsumer.as_asgi()),
    path("ws/invigilation/<int:sitting_id>/", ConsoleConsumer.as_asgi()),
]

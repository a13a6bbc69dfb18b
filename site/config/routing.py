"""WebSocket addresses."""

from django.urls import path

from chatbot.consumers import ChatConsumer
from chatbot.desk_consumers import DeskConsumer, DeskTicketConsumer, TicketConsumer
from exams.consumers import ConsoleConsumer

websocket_urlpatterns = [
    path("ws/chat/", ChatConsumer.as_asgi()),
    path("ws/chat/tickets/<uuid:ticket_id>/", TicketConsumer.as_asgi()),
    path("ws/desk/", DeskConsumer.as_asgi()),
    path("ws/desk/<uuid:ticket_id>/", DeskTicketConsumer.as_asgi()),
    path("ws/invigilation/<int:sitting_id>/", ConsoleConsumer.as_asgi()),
]

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChatbotConfig(AppConfig):
    name = "chatbot"
    verbose_name = _("Chatbot")

    def ready(self):
        from .actions import conversations, retention  # noqa: F401  (what is removed in time registers itself)

"""The questions that the chat offers today."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from chatbot.models import QuickQuestion
from chatbot.rules import seasons


def quick_questions(now: datetime) -> list[str]:
    """Return the questions to offer: those of warnings in force first, then the season's (one query)."""
    rows = list(QuickQuestion.objects.filter(active=True))
    return seasons.pick(rows, month=timezone.localtime(now).month, warnings=warning_titles(now))


def warning_titles(now: datetime) -> list[str]:
    """Return the titles of the warnings in force, from what ``CHAT_WARNINGS`` names, if anything."""
    return import_string(settings.CHAT_WARNINGS)(now) if settings.CHAT_WARNINGS else []

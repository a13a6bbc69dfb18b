"""The questions that the chat offers today."""

from datetime import datetime

from django.utils import timezone

from chatbot import alerts
from chatbot.models import QuickQuestion
from chatbot.rules import seasons


def quick_questions(now: datetime) -> list[str]:
    """Return the questions to offer: those of warnings in force first, then the season's (one query)."""
    rows = list(QuickQuestion.objects.filter(active=True))
    warnings = [warning.title for warning in alerts.in_force(now)]
    return seasons.pick(rows, month=timezone.localtime(now).month, warnings=warnings)

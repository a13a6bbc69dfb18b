"""Make last week's report, and tell those who look after the articles."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.queries.staff import holders
from chatbot.enums import AnswerKind
from chatbot.models import WeeklyReport
from chatbot.permissions import STAFF
from chatbot.queries.reports import figures
from chatbot.rules.weeks import due_week
from notifications.actions.notices import notify


def make_due(*, now: datetime) -> WeeklyReport | None:
    """Make the report that is due and return it; None where it is there already."""
    monday = due_week(timezone.localtime(now))
    if WeeklyReport.objects.filter(monday=monday).exists():
        return None
    return make(monday=monday, now=now)


def make(*, monday: date, now: datetime) -> WeeklyReport | None:
    """Store the figures of the week that begins on ``monday`` and tell of them; None where another worker did."""
    counted = figures(monday)
    with transaction.atomic():
        report, new = WeeklyReport.objects.get_or_create(monday=monday, defaults={"figures": counted, "made_at": now})
        if not new:
            return None
        for user in holders(STAFF):
            notify(
                user=user,
                kind="weekly_bot_report",
                key=f"week-{monday}",
                context={
                    "week": monday.isoformat(),
                    "questions": counted["questions"],
                    "unknown": counted["kinds"][AnswerKind.UNKNOWN.value],
                    "not_helped": counted["not_helped"],
                },
                link=reverse("bot_reports:show", args=[report.pk]),
                now=now,
            )
    return report

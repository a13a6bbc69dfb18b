"""Reading gaps: which questions were not answered, or not well, and how many people keep asking them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Count, F, Max, Min, Q, QuerySet

from chatbot.enums import AnswerKind, GapState
from chatbot.models import Gap, GapMember, Turn

LOW = 0.6  # confidence below which an answer or a choice is taken for a guess
WINDOW = timedelta(days=90)
WEEK = timedelta(days=7)
ORDERS = {"count": "-count", "growth": "-growth", "last": "-last_seen"}


def troubled(*, now: datetime) -> QuerySet[Turn]:
    """Return the questions of the last 90 days that were not answered, hardly, or not well, the oldest first.

    What is refused or referred to others on purpose is none, whatever was said of it.
    """
    unanswered = Q(kind=AnswerKind.UNKNOWN)
    unsure = Q(kind__in=[AnswerKind.ANSWER, AnswerKind.CHOICE], confidence__lt=LOW)
    asked = Turn.objects.filter(unanswered | unsure | Q(helped=False), asked_at__gte=now - WINDOW)
    return asked.exclude(kind__in=[AnswerKind.REFUSED, AnswerKind.REFERRAL]).order_by("asked_at", "pk")


def gaps(*, now: datetime, states: Sequence[GapState] = (), order: str = "count") -> QuerySet[Gap]:
    """Return the gaps with count, conversations, this_week, last_week, growth, first_seen and last_seen (one query).

    A week is the last seven days.
    """
    this_week = Q(members__turn__asked_at__gte=now - WEEK)
    last_week = Q(members__turn__asked_at__gte=now - 2 * WEEK, members__turn__asked_at__lt=now - WEEK)
    found = Gap.objects.filter(state__in=states) if states else Gap.objects.all()
    return (
        found.select_related("central", "article", "decided_by")
        .annotate(
            count=Count("members"),
            conversations=Count("members__turn__conversation", distinct=True),
            this_week=Count("members", filter=this_week),
            last_week=Count("members", filter=last_week),
            first_seen=Min("members__turn__asked_at"),
            last_seen=Max("members__turn__asked_at"),
        )
        .annotate(growth=F("this_week") - F("last_week"))
        .order_by(ORDERS.get(order, "-count"), "-last_seen", "pk")
    )


def members(gap: Gap) -> QuerySet[Turn]:
    """Return the gap's questions, the newest first."""
    return Turn.objects.filter(gap_member__gap=gap).order_by("-asked_at", "-pk")


def questions_by_gap(states: Sequence[GapState], *, keys: Sequence[int] | None = None) -> dict[int, list[Turn]]:
    """Return the questions of each gap in one of the states (and of ``keys``), the oldest first (one query)."""
    rows = GapMember.objects.filter(gap__state__in=states).select_related("turn").order_by("turn__asked_at", "turn_id")
    found: dict[int, list[Turn]] = {}
    for row in rows if keys is None else rows.filter(gap__in=keys):
        found.setdefault(row.gap_id, []).append(row.turn)
    return found


def counts() -> dict[str, int]:
    """Return how many gaps there are in each state (one query)."""
    found = dict(Gap.objects.values_list("state").annotate(count=Count("pk")).order_by())
    return {state.value: found.get(state.value, 0) for state in GapState}

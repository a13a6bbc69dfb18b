"""Attempts written on paper: which wait for their first or second entry, and what two entries say."""

from django.db.models import Count, Prefetch, Q, QuerySet

from exams.enums import AttemptStatus
from exams.models import Attempt, ManualEntry, PaperSlot, Sitting
from exams.rules.typed_answers import TypedSlot


def sittings_with_papers() -> QuerySet[Sitting]:
    """Return sittings with ``papers`` drawn, those ``on_paper`` and those that ``wait`` for entries (one query)."""
    live = Q(admissions__cancelled_at=None) & ~Q(admissions__attempt__status=AttemptStatus.VOIDED)
    on_paper = live & Q(admissions__attempt__on_paper_at__isnull=False)
    return (
        Sitting.objects.select_related("room__point", "rule__operation")
        .annotate(
            papers=Count("admissions__attempt", filter=live),
            on_paper=Count("admissions__attempt", filter=on_paper),
            wait=Count("admissions__attempt", filter=on_paper & Q(admissions__attempt__status=AttemptStatus.SCHEDULED)),
        )
        .order_by("-opens_at", "-pk")
    )


def with_entries(attempts: QuerySet[Attempt]) -> QuerySet[Attempt]:
    """Return attempts with their entries loaded, first and second (one query more)."""
    entries = ManualEntry.objects.select_related("entered_by").order_by("number")
    return attempts.prefetch_related(Prefetch("manual_entries", entries))


def typed_slots(paper_id: int) -> list[TypedSlot]:
    """Return what may be typed for a paper: nothing about the questions or their key (one query)."""
    rows = PaperSlot.objects.filter(paper=paper_id).order_by("number")
    return [TypedSlot(*row) for row in rows.values_list("number", "kind", "order", "width")]

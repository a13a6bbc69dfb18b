"""What waits for a second pair of eyes, what was returned, and the bank as its staff sees it."""

from django.db.models import F, Max, Q, QuerySet

from accounts.models import User
from exams.models import QuestionVersion


def awaiting_approval() -> QuerySet[QuestionVersion]:
    """Return versions that nobody decided on and no newer one replaced, the oldest first, whole (three queries)."""
    return (
        QuestionVersion.objects.filter(approved_at=None, returned_at=None, question__retired_at=None)
        .filter(Q(question__current=None) | Q(number__gt=F("question__current__number")))
        .select_related("question__point__operation", "written_by", "case_version")
        .prefetch_related("options", "media")
        .order_by("created_at", "pk")
    )


def returned_to(author: User) -> QuerySet[QuestionVersion]:
    """Return what came back to its author and has no newer version yet, the latest first (one query)."""
    return (
        QuestionVersion.objects.filter(written_by=author, returned_at__isnull=False, question__retired_at=None)
        .annotate(newest=Max("question__versions__number"))
        .filter(number=F("newest"))
        .select_related("question__point__operation", "returned_by")
        .order_by("-returned_at")
    )

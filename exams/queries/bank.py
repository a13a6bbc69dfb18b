"""What waits for a second pair of eyes."""

from django.db.models import F, Q, QuerySet

from exams.models import QuestionVersion


def awaiting_approval() -> QuerySet[QuestionVersion]:
    """Return versions nobody approved yet and no newer one replaced, the oldest first, with options (two queries)."""
    return (
        QuestionVersion.objects.filter(approved_at=None)
        .filter(Q(question__current=None) | Q(number__gt=F("question__current__number")))
        .select_related("question__point__operation", "written_by")
        .prefetch_related("options")
        .order_by("created_at", "pk")
    )

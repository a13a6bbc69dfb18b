"""Lists that other platforms read on from where they stopped: each only grows at its end."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import DateTimeField, F, Max, Model, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from clients.enums import HappeningKind
from clients.models import Happening
from exams.enums import ApplicationStatus, AttemptStatus
from exams.models import Application, Certificate, Result
from exams.models.practicals import Practical

from .released import newest_results, released

SETTLED = timedelta(seconds=10)  # a row of a transaction still open may be older than one that is there already


class BadCursor(ValueError):
    """A cursor that no page gave."""


@dataclass(frozen=True)
class Slice:
    """Some rows behind a cursor, the cursor behind them, and whether there are more."""

    rows: Sequence[Model]
    next: str
    more: bool


def applications(*, status: str = "") -> QuerySet[Application]:
    """Return applications that were handed in, by the moment of their last step (one query)."""
    moved = Greatest(F("submitted_at"), Coalesce("decided_at", "submitted_at"))
    rows = Application.objects.exclude(submitted_at=None).exclude(status=ApplicationStatus.DRAFT)
    if status:
        rows = rows.filter(status=status)
    return rows.select_related("person", "rule__operation__category").annotate(at=moved)


def theory_results() -> QuerySet[Result]:
    """Return the newest results of theory exams that are released, by the moment they became visible (one query)."""
    sitting = "attempt__admission__sitting"
    shown = Greatest(F("graded_at"), Coalesce(f"{sitting}__released_at", "graded_at"), output_field=DateTimeField())
    return (
        newest_results()
        .filter(
            released(f"{sitting}__"),
            attempt__status=AttemptStatus.GRADED,
            attempt__admission__sitting__rule__operation__category__certifies=True,
        )
        .exclude(attempt__admission__sitting__kind="mock")
        .select_related("attempt__person", "attempt__admission__sitting__rule__operation__category")
        .annotate(at=shown)
    )


def practical_results() -> QuerySet[Practical]:
    """Return practical outcomes that are released, by the moment they became visible (one query)."""
    return (
        Practical.objects.filter(Q(session=None) | Q(session__released_at__isnull=False))
        .select_related("person", "rule__operation__category")
        .annotate(at=Coalesce("session__released_at", "taken_at"))
    )


def certificates() -> QuerySet[Certificate]:
    """Return the certificates of this house by their last change (one query)."""
    return (
        Certificate.objects.exclude(origin="imported")
        .select_related("person", "rule__operation__category", "rule__scheme")
        .annotate(at=Max("events__at"))
    )


def happenings(nouns: Collection[str]) -> QuerySet[Happening]:
    """Return the events about those nouns, as ``certificate`` (one query)."""
    return Happening.objects.filter(kind__in=[kind for kind in HappeningKind if kind.partition(".")[0] in nouns])


def after(rows: QuerySet, cursor: str, *, limit: int, now: datetime) -> Slice:
    """Return up to ``limit`` rows behind the cursor, by their moment ``at`` and key (one query).

    :raises BadCursor: it is none.
    """
    since, key = _read(cursor)
    behind = Q(at__gt=since) | Q(at=since, pk__gt=key)
    found = list(rows.filter(behind, at__lte=now - SETTLED).order_by("at", "pk")[: limit + 1])
    kept = found[:limit]
    return Slice(kept, _written(kept[-1]) if kept else cursor, len(found) > limit)


def _read(cursor: str) -> tuple[datetime, int]:
    if not cursor:
        return datetime(1970, 1, 1, tzinfo=UTC), 0
    moment, _, key = cursor.partition("-")
    if not (moment.isascii() and moment.isdigit() and key.isascii() and key.isdigit()) or len(cursor) > 40:
        raise BadCursor(cursor)
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(moment)), int(key)
    except OverflowError as error:
        raise BadCursor(cursor) from error


def _written(row: Model) -> str:
    passed = row.at - datetime(1970, 1, 1, tzinfo=UTC)
    return f"{passed // timedelta(microseconds=1)}-{row.pk}"

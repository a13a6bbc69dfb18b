"""What a candidate's page tells of itself: that it is there, and what it noticed. Neither locks the attempt."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from exams.enums import AttemptStatus, IntegrityKind
from exams.models import Attempt, IntegrityEvent

LONGEST_S = 24 * 3600

SEEN = """
INSERT INTO exams_presence (attempt_id, seen_at) VALUES (%s, %s)
ON CONFLICT (attempt_id) DO UPDATE SET seen_at = excluded.seen_at
"""


class InvalidEvent(ValueError):
    """No such kind, or no such length; nothing was stored."""


@dataclass(frozen=True)
class Noticed:
    """One event as the page tells it; ``seconds`` is how long it lasted, where it lasts."""

    kind: str
    seconds: int | None = None

    def __post_init__(self):
        if self.kind not in IntegrityKind.values:
            raise InvalidEvent("no such kind")
        if self.seconds is None:
            return
        if isinstance(self.seconds, bool) or not isinstance(self.seconds, int) or not 0 <= self.seconds <= LONGEST_S:
            raise InvalidEvent("seconds is a whole number up to a day")


def seen(*, attempt_id: UUID, now: datetime) -> None:
    """Note that the page was there (one statement)."""
    key = Attempt._meta.pk.get_db_prep_value(attempt_id, connection)
    with connection.cursor() as cursor:
        cursor.execute(SEEN, [key, connection.ops.adapt_datetimefield_value(now)])


def notice(*, attempt_id: UUID, events: Iterable[Noticed], now: datetime) -> int:
    """Store what the page noticed while the attempt runs; return how many, none once it is over (two statements)."""
    if not Attempt.objects.filter(pk=attempt_id, status=AttemptStatus.IN_PROGRESS).exists():
        return 0
    rows = [IntegrityEvent(attempt_id=attempt_id, kind=each.kind, seconds=each.seconds, at=now) for each in events]
    return len(IntegrityEvent.objects.bulk_create(rows))

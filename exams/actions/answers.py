"""Save one answer: one SQL statement that checks lease, state and deadline and keeps the highest sequence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from uuid import UUID

from django.db import connection
from django.utils.dateparse import parse_datetime

from exams.enums import AttemptStatus
from exams.models import Answer, Attempt, LateAnswer
from exams.rules import responses

from .attempts import AttemptClosed, LeaseLost

MAX_SEQ = 2_000_000_000


class InvalidAnswer(ValueError):
    """No such slot on this paper, or no such option in it; nothing was changed."""


class TooLate(AttemptClosed):
    """It arrived after the grace and is kept as unscored evidence."""


@dataclass(frozen=True)
class Change:
    """What the browser sends: the response ("" takes the answer back), the mark, the client's counter."""

    slot: int
    response: str
    marked: bool
    seq: int

    def __post_init__(self):
        for number in (self.slot, self.seq):
            if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= MAX_SEQ:
                raise InvalidAnswer("slot and seq are positive whole numbers")
        if not isinstance(self.marked, bool):
            raise InvalidAnswer("marked is true or false")
        if not isinstance(self.response, str):
            raise InvalidAnswer("response is a text")
        try:
            responses.shape(self.response)
        except responses.BadResponse as error:
            raise InvalidAnswer(str(error)) from error


@dataclass(frozen=True)
class Acknowledgement:
    """What the server holds for the slot: ``seq`` is never below the one that was sent."""

    slot: int
    seq: int
    deadline: datetime
    paused_at: datetime | None = None


# FOR SHARE makes a save and a submission wait for each other, so that nothing acknowledged misses the grading.
SAVE = """
INSERT INTO exams_answer (attempt_id, slot, response, marked, seq, saved_at)
SELECT attempt.id, slot.number, {response}, {marked}, {seq}, {now}
FROM exams_attempt attempt JOIN exams_paperslot slot ON slot.paper_id = attempt.paper_id
WHERE attempt.id = {attempt} AND attempt.lease = {lease} AND attempt.status = 'in_progress'
  AND attempt.accepts_until >= {now} AND slot.number = {slot}
  AND slot.kind IN ({kinds}) AND {letters} <= length(slot."order") AND {places} <= slot.width
  AND ({taken_back} OR {places} = slot.width OR NOT ({whole} OR slot.kind IN ('ordering', 'matching')))
{lock}
ON CONFLICT (attempt_id, slot) DO UPDATE
SET response = excluded.response, marked = excluded.marked, seq = excluded.seq, saved_at = excluded.saved_at
WHERE excluded.seq > exams_answer.seq
RETURNING seq, (SELECT deadline FROM exams_attempt WHERE id = exams_answer.attempt_id),
  (SELECT paused_at FROM exams_attempt WHERE id = exams_answer.attempt_id)
"""
TYPES = {
    "response": "varchar",
    "marked": "boolean",
    "seq": "integer",
    "now": "timestamptz",
    "attempt": "uuid",
    "lease": "varchar",
    "slot": "integer",
    "letters": "integer",
    "places": "integer",
    "taken_back": "boolean",
    "whole": "boolean",
}


def save(*, attempt_id: UUID, lease: str, change: Change, now: datetime) -> Acknowledgement:
    """Store the change unless a newer one is there, and acknowledge what is stored. ``now`` is its time of arrival.

    :raises InvalidAnswer: the slot is not on this paper or has no such option.
    :raises LeaseLost: another page has taken over.
    :raises TooLate: after the grace; kept as evidence.
    :raises AttemptClosed: submitted or voided.
    """
    its = responses.shape(change.response)
    values = {
        "response": change.response,
        "marked": change.marked,
        "seq": change.seq,
        "now": connection.ops.adapt_datetimefield_value(now),
        "attempt": Attempt._meta.pk.get_db_prep_value(attempt_id, connection),
        "lease": lease,
        "slot": change.slot,
        "letters": its.letters,
        "places": its.places,
        "taken_back": not change.response,
        "whole": its.whole,
    } | {f"kind{number}": kind for number, kind in enumerate(its.kinds)}
    row = _execute(_statement(connection.vendor, len(its.kinds)), values)
    if row:
        return Acknowledgement(change.slot, row[0], _moment(row[1]), row[2] and _moment(row[2]))
    return _explain(attempt_id, lease, change, now)


def _execute(statement: str, values: dict) -> tuple | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()


@cache
def _statement(vendor: str, kinds: int) -> str:
    """Return the statement for a response that fits so many kinds."""
    postgresql = vendor == "postgresql"
    places = {name: f"%({name})s" + (f"::{of_type}" if postgresql else "") for name, of_type in TYPES.items()}
    return SAVE.format(
        kinds=", ".join(f"%(kind{number})s" for number in range(kinds)),
        lock="FOR SHARE OF attempt" if postgresql else "",
        **places,
    )


def save_all(*, attempt_id: UUID, lease: str, changes: Iterable[Change], now: datetime) -> list[Acknowledgement]:
    """Save each change in turn; when they are too late, every one is kept as evidence before that is raised.

    :raises InvalidAnswer, LeaseLost, TooLate, AttemptClosed: as ``save``; what stood before it is stored.
    """
    acks, late = [], None
    for change in changes:
        try:
            acks.append(save(attempt_id=attempt_id, lease=lease, change=change, now=now))
        except TooLate as error:
            late = error
    if late:
        raise late
    return acks


def _moment(value) -> datetime:
    """Make aware what SQLite hands back: a naive UTC datetime, or its text, by the version of the driver."""
    moment = parse_datetime(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _explain(attempt_id: UUID, lease: str, change: Change, now: datetime) -> Acknowledgement:
    """Nothing was written: say why, or acknowledge the newer answer that stands."""
    attempt = Attempt.objects.filter(pk=attempt_id).first()
    if attempt is None:
        raise InvalidAnswer("no such attempt")
    if attempt.lease != lease:
        raise LeaseLost
    slot = attempt.paper.slots.filter(number=change.slot).first()
    if slot is None or not responses.fits(change.response, kind=slot.kind, order=slot.order, width=slot.width):
        raise InvalidAnswer("no such question or option on this paper")
    if attempt.status in (AttemptStatus.SUBMITTED, AttemptStatus.GRADED, AttemptStatus.IN_PROGRESS) and (
        now > attempt.accepts_until
    ):
        LateAnswer.objects.get_or_create(
            attempt=attempt,
            slot=change.slot,
            seq=change.seq,
            defaults={"response": change.response, "arrived_at": now},
        )
        raise TooLate(attempt.receipt)
    if attempt.status != AttemptStatus.IN_PROGRESS:
        raise AttemptClosed(attempt.receipt)
    stored = Answer.objects.get(attempt=attempt, slot=change.slot)
    return Acknowledgement(change.slot, stored.seq, attempt.deadline, attempt.paused_at)

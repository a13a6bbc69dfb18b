"""Take in an emergency answer file: look first, then save what the attempt still takes, keep the rest as evidence."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from exams.documents import emergency
from exams.enums import AttemptStatus
from exams.models import Answer, Attempt, LateAnswer
from exams.pushing import push_on_commit
from exams.rules import responses

from . import answers
from .invigilation import locked, must_be_on_duty, note_change

MOST = 1000  # more than any paper has questions


class OtherSitting(Exception):
    """The file is of an attempt elsewhere."""


@dataclass(frozen=True)
class Look:
    """What is in a file: answers newer than what the server holds, not newer ones, and ones that are none.

    ``takes_answers`` says whether the newer ones count; else they are kept as evidence. ``done`` says that they were
    taken in.
    """

    ticket: str
    name: str
    newer: int
    older: int
    bad: int
    takes_answers: bool
    done: bool


def take_in(*, content: bytes, sitting_id: int, by: User, now: datetime, apply: bool) -> Look:
    """Open the file and, with ``apply``, take it in; again changes nothing, for nothing in it is newer any more.

    :raises NotOnDuty: ``by`` may not watch over the sitting.
    :raises emergency.BadFile: it is none of ours, or was changed.
    :raises OtherSitting: it is of an attempt elsewhere.
    """
    sealed = emergency.open_file(content)
    with transaction.atomic():
        must_be_on_duty(sitting_id, by)
        try:
            attempt = locked(sealed.attempt_id, sitting_id=sitting_id)
        except Attempt.DoesNotExist as error:
            raise OtherSitting from error
        takes = attempt.status == AttemptStatus.IN_PROGRESS and now <= attempt.accepts_until
        changes, bad = _changes(attempt, sealed.answers)
        held = _held(attempt, scored_only=takes)
        newer = [change for change in changes if change.seq > held.get(change.slot, 0)]
        if apply and newer:
            (_save if takes else _keep)(attempt, newer, now)
            counted = {"answers": len(newer), "scored": takes}
            note_change(attempt, after=counted, reason="emergency file", by=by, now=now)
            push_on_commit(sitting_id)
    older = len(changes) - len(newer)
    return Look(attempt.admission.ticket, attempt.person.masked_name, len(newer), older, bad, takes, apply)


def _changes(attempt: Attempt, rows: list) -> tuple[list[answers.Change], int]:
    """Return the newest change of each slot, and how many rows are none, or none of this paper."""
    slots = {slot.number: slot for slot in attempt.paper.slots.all()}
    newest, bad = {}, len(rows[MOST:])
    for row in rows[:MOST]:
        try:
            change = answers.Change(row["slot"], row["response"], row["marked"], row["seq"])
            slot = slots[change.slot]
        except (answers.InvalidAnswer, KeyError, TypeError):
            bad += 1
            continue
        if not responses.fits(change.response, kind=slot.kind, order=slot.order, width=slot.width):
            bad += 1
        elif change.slot not in newest or change.seq > newest[change.slot].seq:
            newest[change.slot] = change
    return list(newest.values()), bad


def _held(attempt: Attempt, *, scored_only: bool) -> dict[int, int]:
    """Return the highest sequence number of each slot that the server has, as an answer or also as evidence."""
    held = dict(Answer.objects.filter(attempt=attempt).values_list("slot", "seq"))
    if not scored_only:
        for slot, seq in LateAnswer.objects.filter(attempt=attempt).values_list("slot", "seq"):
            held[slot] = max(seq, held.get(slot, 0))
    return held


def _save(attempt: Attempt, newer: list[answers.Change], now: datetime) -> None:
    answers.save_all(attempt_id=attempt.pk, lease=attempt.lease, changes=newer, now=now)


def _keep(attempt: Attempt, newer: list[answers.Change], now: datetime) -> None:
    for change in newer:
        LateAnswer.objects.get_or_create(
            attempt=attempt,
            slot=change.slot,
            seq=change.seq,
            defaults={"response": change.response, "arrived_at": now},
        )

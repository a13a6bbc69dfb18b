"""Type in what a candidate wrote on paper: two persons, each for themselves; what they agree on is handed in.

An attempt on paper stays SCHEDULED, is never started online nor counted as absent, and takes both edges of its state,
to IN_PROGRESS and to SUBMITTED, in the one transaction that stores its answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from core.actions.auditing import record
from core.enums import Deed
from core.nudging import nudge_on_commit
from exams.enums import AttemptStatus
from exams.models import Answer, Attempt, ManualEntry, PaperSlot, Sitting
from exams.rules import timing
from exams.rules.responses import fits

from .attempts import new_receipt


class NotAnOfficer(Exception):
    """Only an exam officer takes attempts on paper."""


class NotOnPaper(Exception):
    """The attempt is not one on paper that waits for its answers."""


class EnteredByYou(Exception):
    """The second entry, and what decides between two, is another person's."""


class TimesDoNotFit(ValueError):
    """A paper is begun after its sitting opens and handed in later than that, and not in the future."""


class NotFitting(ValueError):
    """A response answers no slot of this paper."""


@dataclass(frozen=True)
class Difference:
    """Where two entries differ: at a slot."""

    slot: int
    first: str
    second: str


@dataclass(frozen=True)
class Entered:
    """What an entry led to: whether it was the second, how they differ, and the receipt once it is handed in."""

    entries: int
    differences: list[Difference]
    times_differ: bool
    receipt: str | None


def put_on_paper(*, sitting: Sitting, attempt_ids: list[UUID] | None = None, by: User, now: datetime) -> int:
    """Let attempts that nobody started, or all such of the room, be written on paper; return how many.

    :raises NotAnOfficer: ``by`` lacks the role.
    """
    _check(by)
    with transaction.atomic():
        waiting = Attempt.objects.select_for_update().filter(
            admission__sitting=sitting,
            admission__cancelled_at=None,
            status=AttemptStatus.SCHEDULED,
            on_paper_at=None,
        )
        if attempt_ids is not None:
            waiting = waiting.filter(pk__in=attempt_ids)
        chosen = list(waiting.order_by("pk").values_list("pk", flat=True))
        Attempt.objects.filter(pk__in=chosen).update(on_paper_at=now)
        for pk in chosen:
            _note(pk, {"on_paper_at": now.isoformat()}, by, now)
    return len(chosen)


def take_off_paper(*, attempt_id: UUID, came: bool, by: User, now: datetime) -> None:
    """Give an attempt on paper back to the screen, or mark that its candidate never ``came``; nothing was typed yet.

    :raises NotAnOfficer: ``by`` lacks the role.
    :raises NotOnPaper: it is not on paper, or something was typed.
    """
    _check(by)
    with transaction.atomic():
        attempt = _on_paper(attempt_id)
        if attempt.manual_entries.exists():
            raise NotOnPaper
        if came:
            attempt.on_paper_at = None
        else:
            attempt.move_to(AttemptStatus.ABSENT)
        attempt.save(update_fields=["on_paper_at", "status"])
        _note(attempt.pk, {"on_paper_at": None} if came else {"status": attempt.status}, by, now)


def enter(
    *,
    attempt_id: UUID,
    responses: Mapping[int, str],
    begun_at: datetime,
    handed_in_at: datetime,
    by: User,
    now: datetime,
) -> Entered:
    """Store one person's reading of the sheet; the second one that agrees with the first hands the attempt in.

    Whoever made the first entry may correct it until the second is there.

    :raises NotAnOfficer: ``by`` lacks the role.
    :raises NotOnPaper: not on paper, in progress online, or handed in.
    :raises EnteredByYou: both entries are there.
    :raises TimesDoNotFit, NotFitting: nothing was stored.
    """
    _check(by)
    with transaction.atomic():
        attempt = _on_paper(attempt_id)
        _check_times(attempt, begun_at, handed_in_at, now)
        _check_fitting(attempt, responses)
        entries = list(attempt.manual_entries.order_by("number"))
        mine = next((entry for entry in entries if entry.entered_by_id == by.pk), None)
        if len(entries) == 2 or (mine and mine.number != 1):
            raise EnteredByYou
        entry = mine or ManualEntry(attempt=attempt, number=len(entries) + 1, entered_by=by)
        entry.responses = {str(slot): said for slot, said in sorted(responses.items()) if said}
        entry.begun_at, entry.handed_in_at, entry.entered_at = begun_at, handed_in_at, now
        entry.save()
        if entry.number == 1:
            return Entered(1, [], times_differ=False, receipt=None)
        found, times_differ = differences(entries[0], entry), _times_differ(entries[0], entry)
        if not found and not times_differ:
            _hand_in(attempt, responses, begun_at, handed_in_at, by, now)
        return Entered(2, found, times_differ, attempt.receipt)


def settle(
    *,
    attempt_id: UUID,
    responses: Mapping[int, str],
    begun_at: datetime,
    handed_in_at: datetime,
    by: User,
    now: datetime,
) -> Attempt:
    """Decide, with the sheet in hand, where two entries differ: ``responses`` are those of the slots that do.

    What both read alike stays. Whoever made the first entry does not decide.

    :raises NotAnOfficer: ``by`` lacks the role.
    :raises NotOnPaper: there are not two entries, or it is handed in.
    :raises EnteredByYou: ``by`` made the first entry.
    :raises TimesDoNotFit, NotFitting: nothing was stored; also where a slot that differs is not decided.
    """
    _check(by)
    with transaction.atomic():
        attempt = _on_paper(attempt_id)
        entries = list(attempt.manual_entries.order_by("number"))
        if len(entries) < 2:
            raise NotOnPaper
        if entries[0].entered_by_id == by.pk:
            raise EnteredByYou
        open_ = differences(*entries)
        if {one.slot for one in open_} != set(responses):
            raise NotFitting
        _check_times(attempt, begun_at, handed_in_at, now)
        _check_fitting(attempt, responses)
        agreed = {int(slot): said for slot, said in entries[0].responses.items()} | dict(responses)
        decided = {str(one.slot): [one.first, one.second, responses[one.slot]] for one in open_}
        _hand_in(attempt, agreed, begun_at, handed_in_at, by, now, decided)
        return attempt


def differences(first: ManualEntry, second: ManualEntry) -> list[Difference]:
    """Return the slots at which two entries differ, in their order."""
    slots = sorted(map(int, first.responses.keys() | second.responses.keys()))
    pairs = [(slot, first.responses.get(str(slot), ""), second.responses.get(str(slot), "")) for slot in slots]
    return [Difference(*pair) for pair in pairs if pair[1] != pair[2]]


def _times_differ(first: ManualEntry, second: ManualEntry) -> bool:
    return (first.begun_at, first.handed_in_at) != (second.begun_at, second.handed_in_at)


def _hand_in(attempt: Attempt, responses: Mapping[int, str], begun_at, handed_in_at, by, now, decided=None) -> None:
    """Walk both edges with the times of the paper; the deadline is not before it was handed in, whoever gave time."""
    sitting = attempt.admission.sitting
    due = timing.deadline(
        started=begun_at,
        minutes=sitting.minutes,
        allowance=timedelta(),
        window_closes=sitting.closes_at,
        policy=sitting.late_policy,
    )
    attempt.move_to(AttemptStatus.IN_PROGRESS)
    attempt.started_at, attempt.deadline = begun_at, max(due, handed_in_at)
    attempt.accepts_until = attempt.deadline
    attempt.move_to(AttemptStatus.SUBMITTED)
    attempt.submitted_at, attempt.receipt = handed_in_at, new_receipt()
    attempt.save(update_fields=["status", "started_at", "deadline", "accepts_until", "submitted_at", "receipt"])
    Answer.objects.bulk_create(
        Answer(attempt=attempt, slot=slot, response=said, marked=False, seq=1, saved_at=handed_in_at)
        for slot, said in sorted(responses.items())
        if said
    )
    _note(attempt.pk, {"status": attempt.status, "answers": len(responses), "decided": decided or {}}, by, now)
    nudge_on_commit("exams.tasks.grade", attempt_id=str(attempt.pk))


def _on_paper(attempt_id: UUID) -> Attempt:
    attempt = Attempt.objects.select_for_update(of=("self",)).select_related("admission__sitting").get(pk=attempt_id)
    if attempt.status != AttemptStatus.SCHEDULED or attempt.on_paper_at is None:
        raise NotOnPaper
    return attempt


def _check_times(attempt: Attempt, begun_at: datetime, handed_in_at: datetime, now: datetime) -> None:
    if not attempt.admission.sitting.opens_at <= begun_at < handed_in_at <= now:
        raise TimesDoNotFit


def _check_fitting(attempt: Attempt, responses: Mapping[int, str]) -> None:
    slots = {slot.number: slot for slot in PaperSlot.objects.filter(paper=attempt.paper_id)}
    for number, said in responses.items():
        slot = slots.get(number)
        if slot is None or not fits(said, kind=slot.kind, order=slot.order, width=slot.width):
            raise NotFitting(number)


def _note(attempt_id: UUID, after: dict, by: User, now: datetime) -> None:
    """Record it: an attempt is no audited model, for a save every few seconds would fill the trail."""
    record(deed=Deed.CHANGED, target=Attempt(pk=attempt_id), label=str(attempt_id), after=after, by=by, now=now)


def _check(by: User) -> None:
    if not has_role(by, Role.EXAM_OFFICER):
        raise NotAnOfficer

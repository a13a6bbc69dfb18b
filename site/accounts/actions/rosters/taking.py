"""Take a confirmed roster in: register who is new, let everybody belong; by batches, or all in one transaction."""

import logging
from datetime import datetime
from itertools import compress
from uuid import UUID

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.enums import RosterMode, RosterState, Verdict
from accounts.models import Membership, Person, RosterImport, RosterLine, User
from accounts.rules import identity, names
from core.actions.auditing import record
from core.enums import Deed
from core.telling import tell

from . import known
from .claiming import Claim, Clock, Overtaken, claim
from .deciding import move_to

log = logging.getLogger(__name__)
LINES_AT_ONCE = 1000
GOOD = (Verdict.NEW, Verdict.KNOWN)


class WentBad(Exception):
    """All or nothing, and since the preview a number was registered with another name; ``lines`` are their numbers."""

    def __init__(self, lines: list[int]):
        super().__init__(lines)
        self.lines = lines


def take_in(*, roster_id: UUID, clock: Clock) -> None:
    """Take the roster in if it is confirmed and nobody does; again, late, or twice at once is harmless."""
    mine = claim(roster_id=roster_id, state=RosterState.CONFIRMED, now=clock())
    if mine is None:
        return
    roster = RosterImport.objects.select_related("uploaded_by").get(pk=roster_id)
    try:
        if roster.mode == RosterMode.ALL_OR_NOTHING:
            _all_or_nothing(mine, roster, clock)
        else:
            _good_lines(mine, roster, clock)
    except Overtaken:
        log.info("roster %s: another worker has it", roster_id)


def _good_lines(mine: Claim, roster: RosterImport, clock: Clock) -> None:
    while True:
        with transaction.atomic():
            if not _take_batch(mine, roster, clock()):
                _finish(mine, roster, clock())
                return


def _all_or_nothing(mine: Claim, roster: RosterImport, clock: Clock) -> None:
    """Take all batches in one transaction; what is undone on the way was never seen by anybody."""
    held = mine.held
    try:
        with transaction.atomic():
            while _take_batch(mine, roster, clock()):
                pass
            _finish(mine, roster, clock())
    except WentBad as fault:
        mine.held = held
        _back_to_the_decision(mine, fault.lines, clock())


def _take_batch(mine: Claim, roster: RosterImport, now: datetime) -> bool:
    """Take the next lines in; False when none is left.

    :raises WentBad: all or nothing was chosen and a line cannot be taken in any more.
    """
    waiting = roster.lines.filter(verdict__in=GOOD, taken_at=None).order_by("number")
    lines = list(waiting.defer("cells", "phone")[:LINES_AT_ONCE])
    if not lines:
        return False
    mine.beat(now, done=roster.done + len(lines))  # first: who is overtaken stops here
    roster.done += len(lines)
    made = _register(lines, now)
    registered = known.persons(line.id_digest for line in lines)
    fits = [names.same(registered[line.id_digest].name, line.name) for line in lines]
    if not all(fits):
        _refuse(roster, [line for line, good in zip(lines, fits, strict=True) if not good])
    good = list(compress(lines, fits))
    _join(roster, good, registered, now)
    _record(roster, good, made, registered, now)
    return True


def _register(lines: list[RosterLine], now: datetime) -> set[str]:
    """Register who is not yet, by the rules of ``actions.persons.register``; return the digests of those.

    Two rosters with one new person at once: the database lets one in, the other finds them registered.
    """
    known_already = known.persons(line.id_digest for line in lines)
    new = [line for line in lines if line.id_digest not in known_already]
    Person.objects.bulk_create([_person(line, now) for line in new], ignore_conflicts=True)
    return {line.id_digest for line in new}


def _person(line: RosterLine, now: datetime) -> Person:
    return Person(
        name=line.name,
        id_kind=line.id_kind,
        id_number=line.id_number,
        id_digest=line.id_digest,
        born=identity.born_of(line.id_number, kind=line.id_kind),
        created_at=now,
    )


def _join(
    roster: RosterImport, lines: list[RosterLine], registered: dict[str, known.Registered], now: datetime
) -> None:
    """Let the persons belong to the organisation, and note in the lines who they are."""
    jobs = {registered[line.id_digest].pk: line.job for line in lines}
    inside = known.members(organisation_id=roster.organisation_id, person_ids=jobs)
    Membership.objects.bulk_create(
        [
            Membership(organisation_id=roster.organisation_id, person_id=pk, job=job, joined_at=now)
            for pk, job in jobs.items()
            if pk not in inside
        ],
        ignore_conflicts=True,
    )
    person = Person.objects.filter(id_digest=OuterRef("id_digest")).values(kept=Coalesce("merged_into_id", F("pk")))[:1]
    RosterLine.objects.filter(pk__in=[line.pk for line in lines]).update(taken_at=now, person_id=Subquery(person))


def _refuse(roster: RosterImport, bad: list[RosterLine]) -> None:
    if roster.mode == RosterMode.ALL_OR_NOTHING:
        raise WentBad([line.number for line in bad])
    _mark(roster.pk, [line.number for line in bad])


def _mark(roster_id: UUID, numbers: list[int]) -> None:
    """Mark lines whose number has been registered with another name since they were read."""
    RosterLine.objects.filter(roster_id=roster_id, number__in=numbers).update(
        verdict=Verdict.BAD, reasons=[{"code": "other_name"}], id_digest=""
    )


def _back_to_the_decision(mine: Claim, numbers: list[int], now: datetime) -> None:
    with transaction.atomic():
        mine.beat(now)
        _mark(mine.roster_id, numbers)
        roster = RosterImport.objects.select_for_update().get(pk=mine.roster_id)
        move_to(roster, RosterState.READ, mode="", done=0, claimed_at=None)


def _record(roster: RosterImport, lines: list[RosterLine], made: set[str], registered: dict, now: datetime) -> None:
    """Write down the batch: which lines, how many were new, and which persons they are."""
    if not lines:
        return
    new = [registered[line.id_digest].pk for line in lines if line.id_digest in made]
    after = {
        "organisation": roster.organisation_id,
        "lines": f"{lines[0].number}–{lines[-1].number}",
        "members": len(lines),
        "new persons": len(new),
        "persons": _ranges(new),
    }
    record(deed=Deed.IMPORTED, target=roster, after=after, by=roster.uploaded_by, now=now)


def _ranges(numbers: list[int]) -> str:
    """Return numbers as ranges: ``4–6, 9``."""
    groups: list[list[int]] = []
    for number in sorted(numbers):
        if groups and number == groups[-1][-1] + 1:
            groups[-1][1:] = [number]
        else:
            groups.append([number])
    return ", ".join("–".join(map(str, group)) for group in groups)


def _finish(mine: Claim, roster: RosterImport, now: datetime) -> None:
    """Say that all is done, with the figures of the whole."""
    mine.beat(now)
    fresh = RosterImport.objects.get(pk=roster.pk)
    taken = fresh.lines.exclude(taken_at=None).count()
    move_to(fresh, RosterState.DONE, done=taken, claimed_at=None, finished_at=now)
    record(
        deed=Deed.IMPORTED,
        target=fresh,
        after={"lines": fresh.total, "members": taken, "mode": fresh.mode},
        by=roster.uploaded_by,
        now=now,
    )
    if roster.uploaded_by:
        _tell(fresh, roster.uploaded_by, taken, now)


def _tell(roster: RosterImport, user: User, taken: int, now: datetime) -> None:
    figures = {"taken": taken, "refused": roster.total - taken}
    context = {"file": roster.filename, "organisation": roster.organisation.name, **figures}
    link = reverse("organisations:roster", args=[roster.pk])
    tell(user=user, kind="roster_done", key=str(roster.pk), context=context, link=link, now=now)

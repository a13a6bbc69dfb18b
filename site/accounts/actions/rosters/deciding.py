"""What managers do with a roster: hand it in, confirm it, cancel it. Workers do the rest."""

import base64
import hashlib
import json
from datetime import datetime
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.memberships import OrganisationClosed
from accounts.enums import ROSTER_EDGES, RosterMode, RosterState, Verdict
from accounts.models import Organisation, RosterImport, RosterLine, User
from accounts.rules.rosters import reasons
from core.actions.auditing import record
from core.encryption import decrypt, encrypt
from core.enums import Deed
from core.nudging import nudge_on_commit
from core.sheets import tables

UNFINISHED = (RosterState.UPLOADED, RosterState.READ, RosterState.CONFIRMED)


class WrongState(Exception):
    """The roster has moved on; what was asked for cannot be done any more."""


class HasBadLines(Exception):
    """All or nothing was chosen, and there are bad lines: nothing would be taken in."""


def sealed(data: bytes) -> bytes:
    """Return the file as it lies on the disk: encrypted like the fields of the database."""
    return encrypt(base64.b64encode(data).decode()).encode()


def opened(roster: RosterImport) -> bytes:
    """Return the file as it was handed in.

    :raises FileNotFoundError: it was removed.
    """
    with roster.file.open("rb") as file:
        return base64.b64decode(decrypt(file.read().decode()))


def reseal() -> int:
    """Seal every file that still waits under the first key and return how many; part of rotating keys."""
    count = 0
    for pk in RosterImport.objects.exclude(file="").values_list("pk", flat=True):
        with transaction.atomic():
            roster = RosterImport.objects.select_for_update().filter(pk=pk).exclude(file="").first()
            if roster is None:  # read meanwhile
                continue
            data, old, storage = opened(roster), roster.file.name, roster.file.storage
            roster.file.save(f"{roster.pk}.sealed", ContentFile(sealed(data)), save=False)
            RosterImport.objects.filter(pk=pk).update(file=roster.file.name)
            transaction.on_commit(partial(storage.delete, old))
            count += 1
    return count


def upload(*, organisation: Organisation, filename: str, data: bytes, by: User, now: datetime) -> RosterImport:
    """Keep the file, sealed, and let a worker read it; the same file again, while unfinished, is the same roster.

    :raises core.sheets.faults.Unreadable: it is no roster, or a bomb.
    :raises OrganisationClosed: the organisation takes in nobody.
    """
    if organisation.closed_at:
        raise OrganisationClosed
    tables.check(data)
    digest = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)  # a second click waits here
        same = RosterImport.objects.filter(organisation=organisation, sha256=digest, state__in=UNFINISHED).first()
        if same:
            return same
        roster = RosterImport(
            organisation=organisation, uploaded_by=by, uploaded_at=now, filename=filename[-200:], sha256=digest
        )
        roster.file.save(f"{roster.pk}.sealed", ContentFile(sealed(data)), save=False)
        roster.save()
        nudge_on_commit("accounts.tasks.read_roster", roster_id=str(roster.pk))
    return roster


def confirm(*, roster_id, mode: RosterMode, by: User, now: datetime) -> RosterImport:
    """Have the roster taken in; confirming again is harmless.

    :raises WrongState: it is not waiting for a decision.
    :raises HasBadLines: all or nothing was chosen, and it would be nothing.
    """
    with transaction.atomic():
        roster = RosterImport.objects.select_for_update().get(pk=roster_id)
        if roster.state == RosterState.CONFIRMED and roster.mode == mode:
            return roster
        if mode == RosterMode.ALL_OR_NOTHING and roster.lines.filter(verdict=Verdict.BAD).exists():
            raise HasBadLines
        roster.mode, roster.done, roster.claimed_at = mode, 0, None
        move_to(roster, RosterState.CONFIRMED)
        nudge_on_commit("accounts.tasks.take_in_roster", roster_id=str(roster.pk))
    return roster


def cancel(*, roster_id, by: User, now: datetime) -> RosterImport:
    """Drop the roster with its lines and its file; nobody was taken in. Again is harmless.

    :raises WrongState: people are being taken in, or were.
    """
    with transaction.atomic():
        roster = RosterImport.objects.select_for_update().get(pk=roster_id)
        if roster.state == RosterState.CANCELLED:
            return roster
        roster.finished_at, roster.claimed_at = now, None
        move_to(roster, RosterState.CANCELLED)
        roster.lines.all().delete()
        forget_file(roster)
    return roster


def export_of_errors(*, roster: RosterImport, by: User, now: datetime) -> tuple[list[str], list[list]]:
    """Return titles and rows of the lines that cannot be taken in, as they were; recorded, as they leave the house."""
    bad = list(roster.lines.filter(verdict=Verdict.BAD).order_by("number"))
    titles: dict[str, None] = {}
    with transaction.atomic():
        record(deed=Deed.EXPORTED, target=roster, after={"lines": len(bad)}, by=by, now=now)
    as_they_were = [_cells(line) for line in bad]
    for cells in as_they_were:
        titles |= dict.fromkeys(cells)
    rows = [
        [line.number, *(cells.get(title, "") for title in titles), " ".join(map(reasons.of_line, line.reasons))]
        for line, cells in zip(bad, as_they_were, strict=True)
    ]
    return list(titles), rows


def _cells(line: RosterLine) -> dict[str, str]:
    """Return the line's cells by their titles; of one that went bad late, what was read of it is all there is."""
    if not line.cells:
        return {_("Name"): line.name, _("Identity number"): line.id_number, _("Job"): line.job}
    found: dict[str, str] = {}
    for title, text in json.loads(line.cells):
        while title in found:
            title += "'"
        found[title] = text
    return found


def move_to(roster: RosterImport, state: RosterState, **fields) -> None:
    """Change the state along its edges and save it.

    :raises WrongState: there is no such edge.
    """
    if state not in ROSTER_EDGES[RosterState(roster.state)]:
        raise WrongState
    roster.state = state
    for name, value in fields.items():
        setattr(roster, name, value)
    roster.save()


def forget_file(roster: RosterImport) -> None:
    """Remove the uploaded file once the transaction is committed: the sealed lines are all that is still needed."""
    name, storage = roster.file.name, roster.file.storage
    if name:
        RosterImport.objects.filter(pk=roster.pk).update(file="")
        roster.file = ""
        transaction.on_commit(lambda: storage.delete(name))

"""What certifiers do with an old register: hand it in, confirm it, cancel it. Workers do the rest."""

import base64
import hashlib
import json
from datetime import datetime
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.actions.rosters.deciding import sealed
from accounts.enums import ROSTER_EDGES, Role, RosterState
from accounts.models import User
from accounts.queries import has_role
from core.actions.auditing import record
from core.encryption import decrypt
from core.enums import Deed
from core.nudging import nudge_on_commit
from core.sheets import tables
from exams.enums import ImportMode, ImportVerdict
from exams.models import CertificateImport
from exams.rules.registers import reasons

UNFINISHED = (RosterState.UPLOADED, RosterState.READ, RosterState.CONFIRMED)
LEFT_OUT = (ImportVerdict.BAD, ImportVerdict.DOUBTFUL, ImportVerdict.KNOWN, ImportVerdict.REPEATED)


class NotACertifier(Exception):
    """Only a certifier takes certificates over."""


class WrongState(Exception):
    """The register has moved on; what was asked for cannot be done any more."""


def opened(batch: CertificateImport) -> bytes:
    """Return the file as it was handed in.

    :raises FileNotFoundError: it was removed.
    """
    with batch.file.open("rb") as file:
        return base64.b64decode(decrypt(file.read().decode()))


def upload(*, filename: str, data: bytes, source: str, by: User, now: datetime) -> CertificateImport:
    """Keep the file, sealed, and let a worker read it; the same file again, while unfinished, is the same import.

    :raises NotACertifier: ``by`` lacks the role.
    :raises core.sheets.faults.Unreadable: it is no table, or a bomb.
    """
    _check(by)
    tables.check(data)
    digest = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)  # a second click waits here
        same = CertificateImport.objects.filter(uploaded_by=by, sha256=digest, state__in=UNFINISHED).first()
        if same:
            return same
        batch = CertificateImport(
            uploaded_by=by, uploaded_at=now, filename=filename[-200:], source=source.strip()[:200], sha256=digest
        )
        batch.file.save(f"{batch.pk}.sealed", ContentFile(sealed(data)), save=False)
        batch.save()
        nudge_on_commit("exams.tasks.read_register", import_id=str(batch.pk))
    return batch


def confirm(*, import_id, mode: ImportMode, by: User, now: datetime) -> CertificateImport:
    """Have the lines taken over; confirming again is harmless.

    :raises NotACertifier: ``by`` lacks the role.
    :raises WrongState: it is not waiting for a decision.
    """
    _check(by)
    with transaction.atomic():
        batch = CertificateImport.objects.select_for_update().get(pk=import_id)
        if batch.state == RosterState.CONFIRMED and batch.mode == mode:
            return batch
        batch.mode, batch.done, batch.claimed_at = mode, 0, None
        move_to(batch, RosterState.CONFIRMED)
        nudge_on_commit("exams.tasks.take_over_register", import_id=str(batch.pk))
    return batch


def cancel(*, import_id, by: User, now: datetime) -> CertificateImport:
    """Drop the register with its lines and its file; nothing was taken over. Again is harmless.

    :raises NotACertifier: ``by`` lacks the role.
    :raises WrongState: it is being taken over, or was.
    """
    _check(by)
    with transaction.atomic():
        batch = CertificateImport.objects.select_for_update().get(pk=import_id)
        if batch.state == RosterState.CANCELLED:
            return batch
        batch.finished_at, batch.claimed_at = now, None
        move_to(batch, RosterState.CANCELLED)
        batch.lines.all().delete()
        forget_file(batch)
    return batch


def export_left_out(*, batch: CertificateImport, by: User, now: datetime) -> tuple[list[str], list[list]]:
    """Return titles and rows of the lines that were not taken over, as they were, each with its verdict; recorded."""
    with transaction.atomic():
        left = list(batch.lines.filter(verdict__in=LEFT_OUT, certificate=None).order_by("number"))
        record(deed=Deed.EXPORTED, target=batch, after={"lines": len(left)}, by=by, now=now)
    as_they_were = [_cells(line.cells) for line in left]
    titles = list(dict.fromkeys(title for cells in as_they_were for title in cells))
    rows = [
        [
            line.number,
            *(cells.get(title, "") for title in titles),
            str(ImportVerdict(line.verdict).label),
            " ".join(reasons.of_line(reason) for reason in line.reasons),
        ]
        for line, cells in zip(left, as_they_were, strict=True)
    ]
    return titles, rows


def _cells(stored: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for title, text in json.loads(stored):
        while title in found:
            title += "'"
        found[title] = text
    return found


def reseal() -> int:
    """Seal every file that still waits under the first key and return how many; part of rotating keys."""
    count = 0
    for pk in CertificateImport.objects.exclude(file="").values_list("pk", flat=True):
        with transaction.atomic():
            batch = CertificateImport.objects.select_for_update().filter(pk=pk).exclude(file="").first()
            if batch is None:  # read meanwhile
                continue
            data, old, storage = opened(batch), batch.file.name, batch.file.storage
            batch.file.save(f"{batch.pk}.sealed", ContentFile(sealed(data)), save=False)
            CertificateImport.objects.filter(pk=pk).update(file=batch.file.name)
            transaction.on_commit(partial(storage.delete, old))
            count += 1
    return count


def move_to(batch: CertificateImport, state: RosterState, **fields) -> None:
    """Change the state along its edges and save it.

    :raises WrongState: there is no such edge.
    """
    if state not in ROSTER_EDGES[RosterState(batch.state)]:
        raise WrongState
    batch.state = state
    for name, value in fields.items():
        setattr(batch, name, value)
    batch.save()


def forget_file(batch: CertificateImport) -> None:
    """Remove the file: what it said is in the lines."""
    name, storage = batch.file.name, batch.file.storage
    if name:
        CertificateImport.objects.filter(pk=batch.pk).update(file="")
        batch.file = ""
        transaction.on_commit(partial(storage.delete, name))


def _check(by: User) -> None:
    if not has_role(by, Role.CERTIFIER):
        raise NotACertifier

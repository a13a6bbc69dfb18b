"""Give people out of the house in a file: staff a list, everybody what is held about themselves. Each is recorded."""

import json
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Person, User
from accounts.queries.own_data import everything_about, words_of
from accounts.rules import phones
from core.actions.auditing import record
from core.enums import Deed
from core.spreadsheets import csv_lines, workbook

ROWS_AT_ONCE = 2000
IN_MEMORY = 1 << 20
FORMATS = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


class NeedsReason(Exception):
    """Names and numbers in clear leave only for a reason."""


def export_persons(
    *, people: QuerySet[Person], filters: dict, unmasked: bool, reason: str, kind: str, by: User, now: datetime
) -> BinaryIO:
    """Return the persons as a file of the ``kind`` csv or xlsx, masked unless asked otherwise with a reason.

    The rows are written to a temporary file before anything is sent: so that the count that is recorded is true, and
    no database cursor waits for a slow reader.

    :raises NeedsReason: unmasked, and none was given.
    """
    if unmasked and not reason.strip():
        raise NeedsReason
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  (the response closes it)
    header = [_("name"), _("kind of document"), _("identity number"), _("phone number"), _("user name")]
    header += [_("date of birth"), _("real-name check"), _("registered at")]
    count = 0

    def counted() -> Iterator[list]:
        nonlocal count
        for person in people.select_related("user").iterator(chunk_size=ROWS_AT_ONCE):
            count += 1
            yield _cells(person, unmasked)

    with transaction.atomic():
        file.writelines(csv_lines(header, counted()) if kind == "csv" else [workbook(header, counted())])
        after = {"rows": count, "unmasked": unmasked, "filter": filters, "format": kind}
        record(deed=Deed.EXPORTED, kind=Person._meta.label_lower, after=after, reason=reason, by=by, now=now)
    file.seek(0)
    return file


def _cells(person: Person, unmasked: bool) -> list:
    phone = person.user.phone if person.user else ""
    return [
        person.name if unmasked else person.masked_name,
        person.get_id_kind_display(),
        person.id_number if unmasked else person.masked_id_number,
        phone if unmasked else phones.mask(phone),
        person.user.username if person.user else "",
        (person.born if unmasked else person.born.year) if person.born else "",
        person.get_real_name_display(),
        date_format(timezone.localtime(person.created_at), "Y-m-d H:i"),
    ]


def export_own(*, user: User, now: datetime) -> BinaryIO:
    """Return a ZIP of everything held about the user: per room a JSON file, a page to read, and its files."""
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  (the response closes it)
    with transaction.atomic(), ZipFile(file, "w", ZIP_DEFLATED) as archive:
        rooms = everything_about(user)
        for room, tables in rooms.items():
            plain = {name: [_plain(archive, room, row) for row in rows] for name, rows in tables.items()}
            archive.writestr(f"{room}.json", json.dumps(plain, ensure_ascii=False, indent=2, default=_text))
            words = words_of(room)
            readable = {words[name]: [_readable(row, words) for row in rows] for name, rows in plain.items()}
            page = render_to_string("accounts/own_data_room.html", {"room": room, "tables": readable, "now": now})
            archive.writestr(f"{room}.html", page)
        counts = {room: sum(len(rows) for rows in tables.values()) for room, tables in rooms.items()}
        record(deed=Deed.EXPORTED, target=user, after={"own_data": counts}, by=user, now=now)
    file.seek(0)
    return file


def _plain(archive: ZipFile, room: str, row: dict[str, Any]) -> dict[str, Any]:
    """Put the row's files into the archive and their paths there into their place."""
    return {name: _put(archive, room, value) if isinstance(value, FieldFile) else value for name, value in row.items()}


def _put(archive: ZipFile, room: str, file: FieldFile) -> str:
    if not file or not file.storage.exists(file.name):
        return ""
    path = f"{room}/{file.name.rpartition('/')[2]}"
    with file.open("rb") as source, archive.open(path, "w") as target:
        target.writelines(source.chunks())
    return path


def _readable(row: dict[str, Any], words: dict[str, str]) -> dict[str, str]:
    return {words[name]: "" if value is None else _text(value) for name, value in row.items()}


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "Y-m-d H:i")
    return value.isoformat() if isinstance(value, date) else str(value)

"""Give a part of the audit trail out of the house in a file, which is itself recorded."""

import json
import tempfile
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.enums import Deed
from core.models import AuditEntry
from core.spreadsheets import csv_lines

from .auditing import record

ROWS_AT_ONCE = 2000
IN_MEMORY = 1 << 20


def export_entries(*, entries: QuerySet[AuditEntry], filters: dict, by, now: datetime) -> BinaryIO:
    """Return the entries as CSV; how many, and chosen by what, is recorded."""
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  (the response closes it)
    header = [_("number"), _("when"), _("who"), _("from"), _("deed"), _("kind"), _("object number"), _("object")]
    header += [_("before"), _("after"), _("reason"), _("seal")]
    count = 0

    def counted() -> Iterator[list]:
        nonlocal count
        for entry in entries.iterator(chunk_size=ROWS_AT_ONCE):
            count += 1
            yield _cells(entry)

    with transaction.atomic():
        file.writelines(csv_lines(header, counted()))
        after = {"rows": count, "filter": filters, "format": "csv"}
        record(deed=Deed.EXPORTED, kind=AuditEntry._meta.label_lower, after=after, by=by, now=now)
    file.seek(0)
    return file


def _cells(entry: AuditEntry) -> list:
    changes = [json.dumps(value, ensure_ascii=False, sort_keys=True) for value in (entry.before, entry.after)]
    moment = timezone.localtime(entry.at).isoformat(timespec="seconds")
    about = [entry.get_deed_display(), entry.kind, entry.object_id, entry.label]
    return [entry.pk, moment, entry.actor, entry.address, *about, *changes, entry.reason, entry.seal]

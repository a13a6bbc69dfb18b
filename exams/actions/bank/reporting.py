"""The report of questions that cite what no longer holds, as a table to take away."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.actions.auditing import record
from core.enums import Deed
from core.spreadsheets import csv_lines, workbook
from exams.models import LegalSource, Question
from exams.queries.sources import Stale, stale_rows

FORMATS = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def export_stale(*, day: date, source: LegalSource | None, kind: str, by: User, now: datetime) -> bytes:
    """Return the report as a file of the ``kind`` csv or xlsx; that it was taken is recorded."""
    rows = [_cells(row) for row in stale_rows(day, source=source)]
    header = [_("operation"), _("knowledge point"), _("question"), _("version"), _("stem"), _("source")]
    header += [_("no longer holds"), _("ended on"), _("superseded by")]
    with transaction.atomic():
        after = {"rows": len(rows), "source": source.code if source else "", "format": kind}
        record(deed=Deed.EXPORTED, kind=Question._meta.label_lower, after=after, by=by, now=now)
    return b"".join(csv_lines(header, rows)) if kind == "csv" else workbook(header, rows)


def _cells(row: Stale) -> list:
    question, version = row.question, row.question.current
    return [
        str(question.point.operation),
        str(question.point),
        question.code,
        version.number,
        version.stem,
        version.source,
        "；".join(source.name for source in row.ended),
        "；".join(source.ended_on.isoformat() for source in row.ended if source.ended_on),
        "；".join(source.superseded_by.name for source in row.ended if source.superseded_by),
    ]

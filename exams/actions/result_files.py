"""Give results and statistics of a sitting out as a file; that they left the house is recorded."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from core.actions.auditing import record
from core.enums import Deed
from core.spreadsheets import csv_lines, workbook
from exams.models import Sitting
from exams.queries.statistics import QuestionRow, report, results_in

FORMATS = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def results_file(*, sitting: Sitting, kind: str, by: User, now: datetime) -> bytes:
    """Return who got what, by name, as a file of the ``kind`` csv or xlsx: for officers only."""
    header = [_("seat"), _("admission ticket"), _("name"), _("identity number"), _("score"), _("full marks")]
    header += [_("passed"), _("graded times"), _("submitted at"), _("receipt")]
    rows = [_result(attempt) for attempt in results_in(sitting.pk)]
    with transaction.atomic():
        after = {"rows": len(rows), "format": kind}
        record(deed=Deed.EXPORTED, target=sitting, label=sitting.title, after=after, by=by, now=now)
    return _file(header, rows, kind)


def _result(attempt) -> list:
    result = attempt.results.all()[0]  # prefetched, the newest first
    return [
        attempt.admission.seat,
        attempt.admission.ticket,
        attempt.person.name,
        attempt.person.masked_id_number,
        float(result.score),
        float(result.full_marks),
        _("yes") if result.passed else _("no"),
        result.number,
        date_format(timezone.localtime(attempt.submitted_at), "Y-m-d H:i:s"),
        attempt.receipt,
    ]


def statistics_file(*, sitting: Sitting, kind: str, by: User, now: datetime) -> bytes:
    """Return the figures of every question of the sitting as a file; no names in it."""
    header = [_("question"), _("version"), _("knowledge point"), _("kind"), _("candidates"), _("facility index, %")]
    header += [_("standard deviation, %"), _("random guess score, %"), _("intended weight, %")]
    header += [_("effective weight, %"), _("discrimination index, %"), _("discriminative efficiency, %"), _("note")]
    rows = [_question(row) for row in report([sitting.pk]).questions]
    with transaction.atomic():
        after = {"statistics": len(rows), "format": kind}
        record(deed=Deed.EXPORTED, target=sitting, label=sitting.title, after=after, by=by, now=now)
    return _file(header, rows, kind)


def _question(row: QuestionRow) -> list:
    figures = row.figures
    return [
        row.version.question.code,
        row.version.number,
        str(row.version.question.point),
        row.version.question.get_kind_display(),
        figures.attempts,
        row.facility,
        row.sd,
        row.random_guess,
        figures.intended_weight,
        figures.effective_weight,
        figures.discrimination_index,
        figures.discriminative_efficiency,
        "；".join(advice.mark for advice in row.advice),
    ]


def _file(header: list, rows: list, kind: str) -> bytes:
    return b"".join(csv_lines(header, rows)) if kind == "csv" else workbook(header, rows)

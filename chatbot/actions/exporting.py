"""Give questions out as a file, masked as they are kept; that they left the house is recorded."""

import tempfile
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.queries import has_any_role
from chatbot.models import Turn
from chatbot.permissions import STAFF
from chatbot.queries.conversations import Wanted, turns
from core.actions.auditing import record
from core.enums import Deed
from core.spreadsheets import csv_lines, workbook

FORMATS = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
MOST = 50_000
ROWS_AT_ONCE = 2000
IN_MEMORY = 1 << 20


class NotYourTask(PermissionDenied):
    """Only those who look after the articles take questions out."""

    reason = gettext_lazy("Only those who look after the articles may take questions out.")


class TooMany(Exception):
    """More questions than one file takes."""


def export_turns(*, wanted: Wanted, kind: str, by: User, now: datetime) -> BinaryIO:
    """Return the questions that fit as a file of the ``kind`` csv or xlsx, conversations by a number of this file.

    :raises NotYourTask: ``by`` has none of the roles.
    :raises TooMany: more than MOST.
    """
    if not has_any_role(by, STAFF):
        raise NotYourTask(NotYourTask.reason)
    found = turns(wanted)
    if len(found.values_list("pk", flat=True)[: MOST + 1]) > MOST:
        raise TooMany
    header = [_("asked at"), _("conversation"), _("channel"), _("question asked"), _("kind of answer"), _("article")]
    header += [_("confidence"), _("milliseconds"), _("helped"), _("complaint")]
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  (the response closes it)
    numbers: dict = {}
    count = 0

    def counted() -> Iterator[list]:
        nonlocal count
        for turn in found.iterator(chunk_size=ROWS_AT_ONCE):
            count += 1
            yield _cells(turn, numbers.setdefault(turn.conversation_id, len(numbers) + 1))

    with transaction.atomic():
        file.writelines(csv_lines(header, counted()) if kind == "csv" else [workbook(header, counted())])
        after = {"rows": count, "filter": wanted.said, "format": kind}
        record(deed=Deed.EXPORTED, kind=Turn._meta.label_lower, after=after, by=by, now=now)
    file.seek(0)
    return file


def _cells(turn: Turn, conversation: int) -> list:
    said = {True: _("yes"), False: _("no"), None: ""}
    return [
        date_format(timezone.localtime(turn.asked_at), "Y-m-d H:i:s"),
        conversation,
        turn.get_channel_display(),
        turn.question,
        turn.get_kind_display(),
        turn.article,
        turn.confidence,
        turn.ms,
        said[turn.helped],
        turn.get_complaint_display(),
    ]

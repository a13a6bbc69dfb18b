"""What workers go on with, and what is removed in time."""

from datetime import datetime

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q

from core.actions import retention
from exams.enums import ImportState
from exams.models import QuestionImport

from . import approving, comparing, reading, taking
from .claiming import Clock, waiting
from .deciding import forget_media

DAYS = 365
WORK = {
    ImportState.UPLOADED: reading.read,
    ImportState.READ: comparing.compare,
    ImportState.CONFIRMED: taking.take_in,
    ImportState.DONE: approving.go_on,
}


def carry_on(*, clock: Clock) -> int:
    """Go on with each import that waits for a worker; return how many there were."""
    found = list(unclaimed(clock()).values_list("pk", "state"))
    for import_id, state in found:
        WORK[ImportState(state)](import_id=import_id, clock=clock)
    return len(found)


def unclaimed(now: datetime):
    """Return the imports that have something to do and that nobody works on, the oldest first (one query)."""
    to_do = (
        Q(state__in=(ImportState.UPLOADED, ImportState.CONFIRMED))
        | Q(state=ImportState.READ, compared_at=None)
        | Q(
            state=ImportState.DONE,
            approval_by__isnull=False,
            items__is_new=True,
            items__version__approved_at=None,
            items__version__returned_at=None,
        )
    )
    return QuestionImport.objects.filter(waiting(now)).filter(to_do).distinct().order_by("uploaded_at")


@retention.keep(
    "question_imports", days=DAYS, source="题库管理需要：导入的文件与逐题记录保存一年，题目的版本另行长期保存"
)
def purge(before: datetime) -> int:
    """Remove imports with their items and files; the questions stay. One that is being taken in stays until it is."""
    old = QuestionImport.objects.filter(uploaded_at__lt=before).exclude(state=ImportState.CONFIRMED)
    with transaction.atomic():
        for batch in old:
            forget_media(batch)
            if batch.file:
                transaction.on_commit(lambda name=batch.file.name: default_storage.delete(name))
        _rows, by_model = old.delete()
    return by_model.get("exams.QuestionImport", 0)

"""What led to no exam is not kept: by retention after its time, and when its person is erased."""

from datetime import datetime
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from core.actions.retention import keep
from exams.enums import ApplicationStatus
from exams.models import Application, ApplicationDocument

OVER = (ApplicationStatus.REFUSED, ApplicationStatus.WITHDRAWN)


@keep("applications", days=365, source="个人信息保护法第十九条：未进入考试的报名材料，一年后不再需要")
def purge(before: datetime) -> int:
    """Remove applications that were refused, withdrawn or left as drafts, with their documents."""
    old = Q(status__in=OVER, decided_at__lt=before) | Q(decided_at=None, created_at__lt=before)
    nowhere = Application.objects.filter(old, admissions=None)
    return _remove(nowhere.filter(status__in=(*OVER, ApplicationStatus.DRAFT)))


def forget(*, user: User, **about) -> dict[str, int]:
    """Remove the user's applications that led to no seat; the others are part of an exam's record."""
    return {"applications": _remove(Application.objects.filter(person__user=user, admissions=None))}


def _remove(applications: QuerySet[Application]) -> int:
    found = list(applications.values_list("pk", flat=True))
    with transaction.atomic():
        documents = ApplicationDocument.objects.filter(application__in=found)
        for name in documents.values_list("file", flat=True):
            transaction.on_commit(partial(default_storage.delete, name))
        Application.objects.filter(pk__in=found).delete()
    return len(found)

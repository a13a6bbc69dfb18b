"""What visitors may do to content: report an error."""

from datetime import datetime

from django.db import transaction

from .models import ErrorReport


def report_error(*, path: str, text: str, now: datetime) -> ErrorReport:
    """Keep a visitor's report for the editors."""
    with transaction.atomic():
        return ErrorReport.objects.create(path=path, text=text, reported_at=now)

"""Keep the figures of questions over all their sittings fresh, and give results and figures out in files."""

from datetime import datetime

from django.db import transaction

from exams.models import Operation, Result, VersionStatistic
from exams.queries.statistics import counted_sittings, figures_of, results_of
from exams.rules import statistics

MOST_ATTEMPTS = 20_000  # the newest of an operation: 2 million answers, some 200 MB for a moment
FIELDS = (
    "attempts",
    "facility",
    "sd",
    "random_guess",
    "discrimination_index",
    "discriminative_efficiency",
    "options",
    "computed_at",
)


def refresh(*, operation_id: int, now: datetime) -> int:
    """Make anew the figures of every version that released exams of the operation showed; return how many."""
    newest = results_of(counted_sittings(operation_id).values("pk")).order_by("-graded_at", "-pk")
    marks = statistics.gather([bytes(one) for one in newest.values_list("breakdown", flat=True)[:MOST_ATTEMPTS]])
    options = statistics.options(marks)
    rows = [
        VersionStatistic(
            version_id=one.version,
            attempts=one.attempts,
            facility=one.facility,
            sd=one.sd,
            random_guess=one.random_guess,
            discrimination_index=one.discrimination_index,
            discriminative_efficiency=one.discriminative_efficiency,
            options=[[count.chosen, count.best, count.weakest] for count in options[one.version]],
            computed_at=now,
        )
        for one in figures_of(marks)
    ]
    with transaction.atomic():
        VersionStatistic.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["version"], update_fields=FIELDS, batch_size=1000
        )
    return len(rows)


def refresh_all(*, now: datetime) -> int:
    """Make anew the figures of all operations; return how many versions have some."""
    examined = Result.objects.values("attempt__admission__sitting__rule__operation")
    return sum(
        refresh(operation_id=pk, now=now)
        for pk in Operation.objects.filter(pk__in=examined).values_list("pk", flat=True)
    )

"""Which results are released, and whose theory counts as passed by its newest result."""

from django.db.models import BooleanField, OuterRef, Q, QuerySet, Subquery

from exams.enums import AttemptStatus, ReleasePolicy
from exams.models import Attempt, Certificate, Result

NEWEST = Result.objects.filter(attempt=OuterRef("pk")).order_by("-number")


def released(prefix: str = "") -> Q:
    """Return the condition that a sitting (reached by ``prefix``) shows its results: ``Sitting.shows_results``."""
    shown = {f"{prefix}released_at__isnull": False}
    return Q(**shown) | Q(**{f"{prefix}release_policy": ReleasePolicy.AT_ONCE})


def with_newest_passed(attempts: QuerySet[Attempt]) -> QuerySet[Attempt]:
    """Add ``newest_passed``: whether the newest result is a pass; None where there is none."""
    return attempts.annotate(newest_passed=Subquery(NEWEST.values("passed")[:1], output_field=BooleanField()))


def passed_theories() -> QuerySet[Attempt]:
    """Return the attempts whose newest result is a pass that is released."""
    return with_newest_passed(Attempt.objects.filter(status=AttemptStatus.GRADED)).filter(
        released("admission__sitting__"), newest_passed=True
    )


def newest_results() -> QuerySet[Result]:
    """Return the newest result of each attempt."""
    newer = Result.objects.filter(attempt=OuterRef("attempt")).order_by("-number").values("number")[:1]
    return Result.objects.filter(number=Subquery(newer))


def without_basis() -> QuerySet[Certificate]:
    """Return certificates in force whose theory is not passed any more by its newest result, the newest first.

    A certifier looks at them; nothing is revoked by itself (one query).
    """
    failed = with_newest_passed(Attempt.objects.all()).exclude(newest_passed=True, status=AttemptStatus.GRADED)
    return (
        Certificate.objects.filter(revoked_at=None, theory__in=failed.values("pk"))
        .select_related("person", "rule__operation", "theory__admission__sitting")
        .order_by("-issued_on", "-pk")
    )

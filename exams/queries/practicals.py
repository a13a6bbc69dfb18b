"""Who still needs the practical exam, and who their certificate."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from exams.models import Attempt, Practical

from .released import passed_theories

# A practical passed after the theory serves every theory passed before it: two passed theories give one certificate.
SERVES = Q(theory=OuterRef("pk")) | Q(
    person=OuterRef("person"), rule=OuterRef("admission__sitting__rule"), taken_at__gte=OuterRef("submitted_at")
)


def awaiting_practical() -> QuerySet[Attempt]:
    """Return attempts with a released pass by their newest result and no passed practical, for examiners."""
    return (
        passed_theories()
        .exclude(Exists(Practical.objects.filter(SERVES, passed=True)))
        .select_related("person", "admission__sitting__rule__operation")
        .order_by("-submitted_at")
    )


def awaiting_certificate() -> QuerySet[Practical]:
    """Return passed practicals without a certificate, the oldest first, for certifiers (one query).

    A theory that a regrade turned into a fail gives none.
    """
    return (
        Practical.objects.filter(passed=True, certificate=None, theory__in=passed_theories().values("pk"))
        .select_related("person", "rule__operation", "theory", "examiner")
        .order_by("taken_at", "pk")
    )


def passed_since(theory: Attempt) -> QuerySet[Practical]:
    """Return the passed practicals that serve this theory (one query)."""
    rule = theory.admission.sitting.rule_id
    later = Q(person=theory.person_id, rule=rule, taken_at__gte=theory.submitted_at)
    return Practical.objects.filter(Q(theory=theory) | later, passed=True)

"""What is known of a person who applies: the facts that ``exams.rules.standing`` judges."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Person
from exams.enums import (
    OPEN_APPLICATIONS,
    ApplicationKind,
    ApplicationStatus,
    AttemptStatus,
    CertificateStatus,
    DocumentKind,
    DocumentVerdict,
    SittingKind,
)
from exams.models import Admission, Application, Attempt, Certificate, Operation, OperationRule
from exams.rules.calendar import add_months
from exams.rules.retirement import sex_of
from exams.rules.standing import Facts
from training.queries import has_completed, hours_earned

NOT_OVER = (AttemptStatus.SCHEDULED, AttemptStatus.IN_PROGRESS, AttemptStatus.SUBMITTED)


def rule_in_force(operation: Operation, day: date) -> OperationRule | None:
    """Return how the operation is examined on ``day``, or None where no rules are in force (one query)."""
    rules = OperationRule.objects.filter(operation=operation, operation__category__certifies=True)
    rules = rules.select_related("scheme", "operation__category", "operation__course")
    return next((rule for rule in rules.order_by("-scheme__effective_from") if rule.scheme.in_force_on(day)), None)


def kind_for(person: Person, operation: Operation, day: date) -> ApplicationKind:
    """Return what the person can apply for: it follows from the certificates they hold (one query)."""
    held = [certificate.rule.operation_id for certificate in _valid(person, day)]
    if operation.pk in held:
        return ApplicationKind.RENEWAL
    return ApplicationKind.ADDED_OPERATION if held else ApplicationKind.FIRST


def attempts_used(person: Person, rule: OperationRule) -> int:
    """Return how many theory attempts count; a seat that is held does: it ends as taken or as absent (one query)."""
    counted = Attempt.objects.filter(
        person=person, admission__sitting__rule=rule, admission__sitting__kind=SittingKind.CERTIFYING
    )
    return counted.exclude(status=AttemptStatus.VOIDED).count()


def facts(
    *, person: Person, rule: OperationRule, day: date, kind: str = "", application: Application | None = None
) -> Facts:
    """Return what is known of the person on ``day`` (at most nine queries, one fewer without an application).

    The rule comes with its scheme, and its operation with the course.
    """
    operation, course = rule.operation, rule.operation.course
    kind = application.kind if application else kind or kind_for(person, operation, day)
    certificates = _valid(person, day)
    held = [one.valid_until for one in certificates if one.rule.operation_id == operation.pk]
    trained = bool(course and kind != ApplicationKind.RENEWAL and has_completed(person=person, course=course))
    return Facts(
        day=day,
        kind=kind,
        born=person.born,
        sex=sex_of(person.id_number, kind=person.id_kind),
        minimum_age=rule.scheme.minimum_age,
        education_needed=rule.education,
        hours_needed=_hours_needed(rule, kind),
        hours_earned=hours_earned(person=person, course=course) if course else 0,
        trained=trained,
        waiver_possible=rule.scheme.skill_level_waives_training,
        attempts_used=attempts_used(person, rule),
        attempts_allowed=rule.scheme.theory_attempts,
        theory_counts_until=theory_counts_until(person, rule, day),
        running=_others_running(person, operation, application),
        held_until=max(held, default=None),
        holds_another=len(held) < len(certificates),
        renewal_opens_days=rule.scheme.renewal_opens_days,
        **(_declared(application) if application else {}),
    )


def theory_counts_until(person: Person, rule: OperationRule, day: date) -> date | None:
    """Return the last day of a passed theory that still leads to a practical exam, or None (at most three queries).

    A theory whose practical attempts are used up leads nowhere (Order 19: apply again, from the theory), nor does one
    that has its certificate.
    """
    graded = Attempt.objects.filter(
        person=person,
        status=AttemptStatus.GRADED,
        admission__sitting__rule__operation=rule.operation_id,
        admission__sitting__kind=SittingKind.CERTIFYING,
        certificates=None,
    ).prefetch_related("results", "practicals")
    passed = [one for one in graded.order_by("-submitted_at") if one.results.all() and one.results.all()[0].passed]
    if not passed:
        return None
    until = add_months(timezone.localdate(passed[0].submitted_at), rule.scheme.part_valid_months)
    practicals, allowed = passed[0].practicals.all(), rule.scheme.practical_attempts
    used_up = allowed is not None and len(practicals) >= allowed and not any(one.passed for one in practicals)
    return None if day > until or used_up else until


def _hours_needed(rule: OperationRule, kind: str) -> int | None:
    """A renewal asks for the scheme's hours, none where it names none; anything else for those of first training."""
    return (rule.scheme.renewal_hours or 0) if kind == ApplicationKind.RENEWAL else rule.training_hours


def _valid(person: Person, day: date) -> list[Certificate]:
    held = Certificate.objects.filter(person=person).select_related("rule")
    return [certificate for certificate in held if certificate.status_on(day) == CertificateStatus.VALID]


def _others_running(person: Person, operation: Operation, application: Application | None) -> bool:
    others = Application.objects.filter(person=person, rule__operation=operation)
    if application:
        others = others.exclude(pk=application.pk)
    return others.filter(status__in=OPEN_APPLICATIONS).exists() or _seats_held(others).exists()


def _seats_held(applications: QuerySet[Application]) -> QuerySet[Admission]:
    return Admission.objects.filter(
        application__in=applications.filter(status=ApplicationStatus.ADMITTED),
        cancelled_at=None,
        attempt__status__in=NOT_OVER,
    )


def _declared(application: Application) -> dict:
    """What the application itself says."""
    given = {document.kind for document in application.documents.all() if document.verdict != DocumentVerdict.REJECTED}
    return {
        "post": application.post,
        "education": application.education,
        "record_given": DocumentKind.TRAINING in given,
        "waiver_claimed": application.claims_waiver,
        "health_declared": application.health_declared_at is not None,
    }

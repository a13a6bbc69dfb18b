"""The candidate's part: begin, fill in, declare, submit, withdraw."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Organisation, Person, User
from clients.actions.happenings import announce
from clients.enums import HappeningKind
from exams import declarations
from exams.enums import ApplicationStatus, Education, Post
from exams.models import Application, Operation
from exams.queries import applications as reading
from exams.queries import eligibility
from exams.rules import standing

from .access import editable
from .documents import copy_photo


class NoRules(Exception):
    """No rules are in force for this operation today: nobody can apply."""


class NotEligible(Exception):
    """Something stands against it that cannot be mended in the application; ``checks`` say what."""

    def __init__(self, checks: list[standing.Check]):
        super().__init__("; ".join(str(check.reason) for check in checks))
        self.checks = checks


class Incomplete(Exception):
    """Something is missing; ``checks`` and ``documents`` (kinds) say what."""

    def __init__(self, checks: list[standing.Check], documents: list[str]):
        super().__init__(", ".join([*(str(check.name) for check in checks), *documents]))
        self.checks, self.documents = checks, documents


class AnotherVersion(Exception):
    """The text of the declaration changed while it was being read."""


def begin(*, operation: Operation, person: Person, by: User, now: datetime) -> Application:
    """Return the person's open application for the operation, a new draft where there is none.

    :raises NoRules: there are none today.
    :raises NotEligible: something stands against it that the application cannot mend.
    """
    day = timezone.localdate(now)
    rule = eligibility.rule_in_force(operation, day)
    if rule is None:
        raise NoRules
    running = reading.open_of(person).filter(rule__operation=operation).first()
    if running:
        return running
    facts = eligibility.facts(person=person, rule=rule, day=day)
    against = standing.obstacles(facts)
    if against:
        raise NotEligible(against)
    try:
        with transaction.atomic():
            return Application.objects.create(person=person, rule=rule, kind=facts.kind, created_at=now)
    except IntegrityError:  # two taps at once: the constraint lets one through
        return reading.open_of(person).get(rule=rule)


def describe(
    *,
    application_id: int,
    education: Education | str,
    post: Post | str,
    training_organisation: Organisation | None,
    claims_waiver: bool,
    by: User,
    now: datetime,
) -> Application:
    """Store what the candidate says of their schooling, post and training.

    :raises Application.DoesNotExist, WrongStatus: see ``editable``.
    """
    with transaction.atomic():
        application = editable(application_id, by)
        application.education, application.post = education, post
        application.training_organisation = training_organisation
        application.claims_waiver = claims_waiver and application.rule.scheme.skill_level_waives_training
        application.save(update_fields=["education", "post", "training_organisation", "claims_waiver"])
    return application


def declare_health(*, application_id: int, version: str, by: User, now: datetime) -> Application:
    """Store that the candidate signed the declaration.

    :raises AnotherVersion: what they read is not the text in use.
    :raises Application.DoesNotExist, WrongStatus: see ``editable``.
    """
    if version != declarations.current().version:
        raise AnotherVersion
    with transaction.atomic():
        application = editable(application_id, by)
        application.health_text, application.health_declared_at = version, now
        application.save(update_fields=["health_text", "health_declared_at"])
    return application


def submit(*, application_id: int, by: User, now: datetime) -> Application:
    """Hand the application in, with a copy of the person's photo as it is now.

    :raises NotEligible: something stands against it.
    :raises Incomplete: something is missing.
    :raises Application.DoesNotExist, WrongStatus: see ``editable``.
    """
    with transaction.atomic():
        application = editable(application_id, by)
        copy_photo(application, now=now)
        _check(application, now)
        application.move_to(ApplicationStatus.SUBMITTED)
        application.submitted_at, application.reason = now, ""
        application.decided_by = application.decided_at = None
        application.save(update_fields=["status", "submitted_at", "reason", "decided_by", "decided_at"])
        announce(kind=HappeningKind.APPLICATION_SUBMITTED, data={"application": application.pk}, now=now)
    return application


def _check(application: Application, now: datetime) -> None:
    progress = reading.progress(application, day=timezone.localdate(now))
    if progress.obstacles:
        raise NotEligible(progress.obstacles)
    if not progress.ready:
        raise Incomplete(progress.open_checks, progress.missing)


def withdraw(*, application_id: int, by: User, now: datetime) -> Application:
    """Take the application back; with a seat, the seat is given back first.

    :raises Application.DoesNotExist: not theirs.
    :raises WrongStatus: it is decided against, withdrawn already, or has a seat.
    """
    with transaction.atomic():
        application = Application.objects.select_for_update(of=("self",)).get(pk=application_id, person__user=by)
        application.move_to(ApplicationStatus.WITHDRAWN)
        application.save(update_fields=["status"])
    return application

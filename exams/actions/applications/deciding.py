"""The officer's part: accept, return or refuse an application; its candidate is told."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from clients.actions.happenings import announce
from clients.enums import HappeningKind
from exams.enums import ApplicationStatus, DocumentKind, DocumentVerdict
from exams.models import Application
from exams.queries import eligibility
from exams.rules import standing
from notifications.actions.notices import notify

from .access import check_reviewer
from .documents import NeedsReason
from .filling import NotEligible

DECISIONS = (ApplicationStatus.ACCEPTED, ApplicationStatus.RETURNED, ApplicationStatus.REFUSED)


class DocumentsOpen(Exception):
    """A document that is asked for was not accepted yet; ``kinds`` says which."""

    def __init__(self, kinds: list[DocumentKind]):
        super().__init__(", ".join(kinds))
        self.kinds = kinds


def decide(
    *, application_id: int, decision: ApplicationStatus | str, reason: str, by: User, now: datetime
) -> Application:
    """Accept, return or refuse a submitted application and tell its candidate.

    :raises access.NotAReviewer: ``by`` lacks the role, or it is their own.
    :raises documents.NeedsReason: returned or refused without a reason.
    :raises WrongStatus: it does not wait for a decision.
    :raises DocumentsOpen: accepted while a document is not.
    :raises NotEligible: accepted while something stands against it.
    """
    decision, reason = ApplicationStatus(decision), reason.strip()
    if decision not in DECISIONS:
        raise ValueError(decision)
    if decision != ApplicationStatus.ACCEPTED and not reason:
        raise NeedsReason
    with transaction.atomic():
        application = (
            Application.objects.select_for_update(of=("self",))
            .select_related("person__user", "rule__scheme", "rule__operation__course")
            .get(pk=application_id)
        )
        check_reviewer(application, by)
        application.move_to(decision)
        if decision == ApplicationStatus.ACCEPTED:
            _check(application, now)
        application.reason, application.decided_by, application.decided_at = reason, by, now
        application.save(update_fields=["status", "reason", "decided_by", "decided_at"])
        _tell(application, by=by, now=now)
        told = {"application": application.pk, "status": decision.value}
        announce(kind=HappeningKind.APPLICATION_DECIDED, data=told, now=now)
    return application


def _check(application: Application, now: datetime) -> None:
    facts = eligibility.facts(
        person=application.person, rule=application.rule, day=timezone.localdate(now), application=application
    )
    against = [check for check in standing.checks(facts) if not check.met]
    if against:
        raise NotEligible(against)
    accepted = set(application.documents.filter(verdict=DocumentVerdict.ACCEPTED).values_list("kind", flat=True))
    lacking = [DocumentKind(kind) for kind in standing.documents_needed(facts) if kind not in accepted]
    if lacking:
        raise DocumentsOpen(lacking)


def _tell(application: Application, *, by: User, now: datetime) -> None:
    """Tell the candidate, where there is a login to tell; the reason stays behind the login."""
    if application.person.user is None:
        return
    notify(
        user=application.person.user,
        kind=f"application_{application.status}",
        key=f"{application.pk}/{now:%Y%m%d%H%M%S}",
        context={"operation": application.rule.operation.name},
        link=reverse("exams:application", args=[application.pk]),
        by=by,
        now=now,
    )

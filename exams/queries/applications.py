"""A candidate's applications, and what officers have to check."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from accounts.models import Person
from exams.enums import OPEN_APPLICATIONS, ApplicationStatus, DocumentKind, DocumentVerdict
from exams.models import Admission, Application, ApplicationDocument
from exams.rules import standing

from . import eligibility


def open_of(person: Person) -> QuerySet[Application]:
    """Return the person's applications that are not over and have no seat (one query)."""
    return Application.objects.filter(person=person, status__in=OPEN_APPLICATIONS)


def applications_of(person: Person) -> QuerySet[Application]:
    """Return a person's applications but the withdrawn, the newest first (one query)."""
    kept = Application.objects.filter(person=person).exclude(status=ApplicationStatus.WITHDRAWN)
    return kept.select_related("rule__operation")


def own(person: Person) -> QuerySet[Application]:
    """Return the person's applications with what their pages show (two queries)."""
    return (
        Application.objects.filter(person=person)
        .select_related("person", "rule__scheme", "rule__operation__course", "rule__operation__category")
        .prefetch_related("documents")
    )


def to_review(status: str = ApplicationStatus.SUBMITTED) -> QuerySet[Application]:
    """Return the applications with that status, who waits longest first, with how many documents are unchecked.

    One query; drafts are nobody's but their candidate's.
    """
    unchecked = Count("documents", filter=Q(documents__verdict="waiting"))
    return (
        Application.objects.filter(status=status)
        .exclude(status=ApplicationStatus.DRAFT)
        .select_related("person", "rule__operation", "training_organisation")
        .annotate(unchecked=unchecked)
        .order_by("submitted_at", "pk")
    )


def reviewed() -> QuerySet[Application]:
    """Return the applications that were handed in at least once, with what an officer's page shows (two queries)."""
    return (
        Application.objects.exclude(submitted_at=None)
        .select_related(
            "person__user",
            "rule__scheme",
            "rule__operation__course",
            "rule__operation__category",
            "training_organisation",
            "decided_by",
        )
        .prefetch_related("documents__judged_by")
    )


def live_admission(application: Application) -> Admission | None:
    """Return the application's newest seat that was not given back, with its sitting and attempt (one query)."""
    return (
        application.admissions.filter(cancelled_at=None)
        .select_related("attempt", "sitting__room__point", "sitting__rule__operation")
        .order_by("-pk")
        .first()
    )


@dataclass(frozen=True)
class Slot:
    """One kind of document: whether it is asked for, and the files there are."""

    kind: DocumentKind
    wanted: bool
    files: list[ApplicationDocument]


@dataclass(frozen=True)
class Progress:
    """How far an application is: what it was judged by, what stands against it, which documents are missing."""

    facts: standing.Facts
    checks: tuple[standing.Check, ...]
    missing: list[DocumentKind]
    slots: list[Slot]

    @property
    def obstacles(self) -> list[standing.Check]:
        """What stands against it and cannot be mended in it."""
        return [check for check in self.checks if not check.met and not check.step]

    @property
    def described(self) -> bool:
        """Whether schooling and training are told as far as they are asked for."""
        return bool(self.facts.education) and all(check.met for check in self.checks if check.step == "details")

    @property
    def ready(self) -> bool:
        """Whether it can be handed in."""
        return not self.missing and not self.open_checks

    @property
    def open_checks(self) -> list[standing.Check]:
        return [check for check in self.checks if not check.met]


def progress(application: Application, *, day: date) -> Progress:
    """Return how far the application is on ``day`` (at most nine queries; ``own`` loads what it needs).

    The photo comes from the person and is copied when the application is handed in; a rejected document is none.
    """
    facts = eligibility.facts(person=application.person, rule=application.rule, day=day, application=application)
    needed = [DocumentKind(kind) for kind in standing.documents_needed(facts)]
    files = list(application.documents.all())
    there = {one.kind for one in files if one.verdict != DocumentVerdict.REJECTED} - {DocumentKind.PHOTO}
    if application.person.photo:
        there.add(DocumentKind.PHOTO)
    slots = [
        Slot(kind, kind in needed, [one for one in files if one.kind == kind])
        for kind in sorted(DocumentKind, key=lambda kind: kind not in needed)
        if kind != DocumentKind.PHOTO
    ]
    return Progress(
        facts=facts,
        checks=standing.checks(facts),
        missing=[kind for kind in needed if kind not in there],
        slots=[slot for slot in slots if slot.wanted or slot.files or slot.kind == DocumentKind.HEALTH],
    )

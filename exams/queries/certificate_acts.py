"""Certificates as certifiers see them: the list, one with its life, open proposals, batches, imports."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from accounts.enums import RosterState
from accounts.rules.identity import mask_name, mask_number
from exams.enums import BatchLineState, ImportVerdict, ProposalState, ReviewState
from exams.models import (
    Certificate,
    CertificateBatch,
    CertificateImport,
    CertificateImportLine,
    CertificateProposal,
    CertificateReview,
)
from exams.rules.certificate_life import SOON, review_state
from exams.rules.registers import reasons

from .renewals import LAST_DAY, STANDS

WORKING = (RosterState.UPLOADED, RosterState.CONFIRMED)
ORDER = (ImportVerdict.BAD, ImportVerdict.DOUBTFUL, ImportVerdict.REPEATED, ImportVerdict.KNOWN, ImportVerdict.NEW)


def listed() -> QuerySet[Certificate]:
    """Return all certificates with what their list shows, the newest first (one query)."""
    return Certificate.objects.select_related("person", "rule__operation", "rule__scheme").order_by("-issued_on", "-pk")


def in_state(state: str, certificates: QuerySet[Certificate], *, day: date) -> QuerySet[Certificate]:
    """Narrow certificates to a state: a ``CertificateStatus``, or ``ending``, which is valid for 90 days at most."""
    counted = certificates.annotate(ends=LAST_DAY)
    valid = STANDS & Q(suspended_at=None, ends__gte=day)
    return counted.filter(
        {
            "valid": valid,
            "ending": valid & Q(ends__lte=day + timedelta(days=SOON)),
            "suspended": STANDS & Q(suspended_at__isnull=False, ends__gte=day),
            "expired": STANDS & Q(ends__lt=day),
            "revoked": Q(revoked_at__isnull=False),
            "replaced": Q(replaced_at__isnull=False),
        }[state]
    )


def whole(certificate_id: int) -> Certificate | None:
    """Return a certificate with all that its page shows but its lists (one query)."""
    related = ("person__user", "rule__operation__category", "rule__scheme", "replaces", "replacement", "issued_by")
    return Certificate.objects.filter(pk=certificate_id).select_related(*related).first()


def open_proposals() -> QuerySet[CertificateProposal]:
    """Return what waits for a second person, the oldest first (one query)."""
    related = ("certificate__person", "certificate__rule__operation", "proposed_by")
    waiting = CertificateProposal.objects.filter(state=ProposalState.OPEN)
    return waiting.select_related(*related).order_by("proposed_at", "pk")


def reviews_on(certificate: Certificate, *, day: date) -> list[tuple[CertificateReview, ReviewState]]:
    """Return the reviews of a certificate and how each stands on ``day`` (one query)."""
    until = certificate.rule.scheme.effective_to
    return [
        (review, review_state(due_on=review.due_on, done_on=review.done_on, asked_until=until, day=day))
        for review in certificate.reviews.all()
    ]


@dataclass(frozen=True)
class Progress:
    """How far a batch is; ``written`` counts the certificates whose files are there."""

    total: int
    issued: int
    refused: int
    written: int

    @property
    def percent(self) -> int:
        """How much of the issuing is done, 0 to 100."""
        return 100 * (self.issued + self.refused) // self.total if self.total else 100


def progress(batch: CertificateBatch) -> Progress:
    """Return how far a batch is (one query)."""
    issued = Q(state=BatchLineState.ISSUED)
    written = issued & ~Q(certificate__pdf="") & ~Q(certificate__png="")
    counts = batch.lines.aggregate(
        issued=Count("pk", filter=issued),
        refused=Count("pk", filter=Q(state=BatchLineState.REFUSED)),
        written=Count("pk", filter=written),
    )
    return Progress(total=batch.total, **counts)


def refused_lines(batch: CertificateBatch) -> QuerySet:
    """Return the lines that were left out, with whom they are of (one query)."""
    refused = batch.lines.filter(state=BatchLineState.REFUSED)
    return refused.select_related("practical__person", "practical__rule__operation")


@dataclass(frozen=True)
class ShownLine:
    """A line of an old register as a page shows it: masked."""

    number: int
    name: str
    id_number: str
    operation: str
    days: str
    reasons: list[str]


def tallies(batch: CertificateImport) -> list[tuple[ImportVerdict, int]]:
    """Return how many lines have each verdict, the bad ones first, without zeros (one query)."""
    counts = dict(batch.lines.order_by().values_list("verdict").annotate(Count("pk")))
    return [(verdict, counts[verdict.value]) for verdict in ORDER if counts.get(verdict.value)]


def lines_of(batch: CertificateImport, verdict: str) -> QuerySet[CertificateImportLine]:
    """Return the lines with a verdict in the order of the file."""
    return batch.lines.filter(verdict=verdict).order_by("number")


def shown(line: CertificateImportLine) -> ShownLine:
    """Return a line as a page shows it."""
    found = line.contents
    days = " – ".join(day for day in (found.get("begins"), found.get("until")) if day)
    return ShownLine(
        number=line.number,
        name=mask_name(found["name"]) if found.get("name") else "",
        id_number=mask_number(found["id_number"]) if found.get("id_number") else "",
        operation=found.get("operation", ""),
        days=days,
        reasons=[reasons.of_line(reason) for reason in line.reasons],
    )


def percent(batch: CertificateImport) -> int:
    """Return how much of the work at hand is done, 0 to 100."""
    done = batch.done if batch.state == RosterState.CONFIRMED else batch.read
    return min(100, 100 * done // batch.total) if batch.total else 0

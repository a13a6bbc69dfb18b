"""What this room holds about a user: exams and certificates, shown to them, kept by law, and in the way of a merge."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person, User
from accounts.queries import person_of
from accounts.rules.holds import Hold, years_after

from .enums import AttemptStatus
from .models import Admission, Answer, Attempt, Certificate, CertificateEvent, CertificateReview, Practical, Result

RECORDS_YEARS = 6  # after an exam, or the end of a certificate; to confirm with the archive rules of the province
LAW = (
    "《安全生产法》第三十条；《特种作业人员安全技术培训考核管理规定》（应急管理部令第19号）；"
    "《个人信息保护法》第四十七条第二款"
)


LABELS = {
    "admissions": gettext_lazy("admissions"),
    "sitting__title": gettext_lazy("sitting"),
    "ticket": gettext_lazy("admission ticket"),
    "seat": gettext_lazy("seat"),
    "admitted_at": gettext_lazy("admitted at"),
    "attempts": gettext_lazy("attempts"),
    "admission__sitting__title": gettext_lazy("sitting"),
    "status": gettext_lazy("status"),
    "started_at": gettext_lazy("started at"),
    "submitted_at": gettext_lazy("submitted at"),
    "receipt": gettext_lazy("receipt"),
    "answers": gettext_lazy("answers"),
    "attempt__receipt": gettext_lazy("receipt"),
    "slot": gettext_lazy("question number"),
    "response": gettext_lazy("answer"),
    "saved_at": gettext_lazy("saved at"),
    "results": gettext_lazy("results"),
    "score": gettext_lazy("score"),
    "full_marks": gettext_lazy("full marks"),
    "passed": gettext_lazy("passed"),
    "graded_at": gettext_lazy("graded at"),
    "practicals": gettext_lazy("practical exams"),
    "rule__operation__name": gettext_lazy("operation"),
    "taken_at": gettext_lazy("taken at"),
    "certificates": gettext_lazy("certificates"),
    "code": gettext_lazy("verification code"),
    "number": gettext_lazy("number"),
    "operation": gettext_lazy("operation"),
    "issued_on": gettext_lazy("issued on"),
    "valid_until": gettext_lazy("valid until"),
    "authority": gettext_lazy("issuing authority"),
    "source": gettext_lazy("source"),
    "first_issued_on": gettext_lazy("first issued on"),
    "lapses_on": gettext_lazy("counts until, as a review was missed"),
    "suspended_at": gettext_lazy("suspended at"),
    "revoked_at": gettext_lazy("revoked at"),
    "replaced_at": gettext_lazy("replaced at"),
    "certificate_events": gettext_lazy("events of certificates"),
    "certificate__code": gettext_lazy("verification code"),
    "kind": gettext_lazy("what happened"),
    "reason": gettext_lazy("reason"),
    "at": gettext_lazy("when"),
    "certificate_reviews": gettext_lazy("reviews of certificates"),
    "due_on": gettext_lazy("due on"),
    "done_on": gettext_lazy("done on"),
    "pdf": gettext_lazy("file"),
}  # how tables and columns are called on the page to read


def rows(user: User) -> dict[str, list[dict]]:
    """Return the user's exams, answers, results and certificates; answers only of what is graded (nine queries)."""
    person = person_of(user)
    if person is None:
        return {}
    graded = Attempt.objects.filter(person=person, status=AttemptStatus.GRADED)
    return {
        "admissions": list(
            Admission.objects.filter(person=person).values("sitting__title", "ticket", "seat", "admitted_at")
        ),
        "attempts": list(
            Attempt.objects.filter(person=person).values(
                "admission__sitting__title", "status", "started_at", "submitted_at", "receipt"
            )
        ),
        "answers": list(
            Answer.objects.filter(attempt__in=graded)
            .order_by("attempt", "slot")
            .values("attempt__receipt", "slot", "response", "saved_at")
        ),
        "results": list(
            Result.objects.filter(attempt__in=graded).values(
                "attempt__receipt", "score", "full_marks", "passed", "graded_at"
            )
        ),
        "practicals": list(
            Practical.objects.filter(person=person).values("rule__operation__name", "taken_at", "score", "passed")
        ),
        "certificates": [_certificate(certificate) for certificate in _certificates(person)],
        "certificate_events": list(
            CertificateEvent.objects.filter(certificate__person=person).values(
                "certificate__code", "kind", "reason", "at"
            )
        ),
        "certificate_reviews": list(
            CertificateReview.objects.filter(certificate__person=person).values(
                "certificate__code", "due_on", "done_on"
            )
        ),
    }


def _certificate(certificate: Certificate) -> dict:
    return {
        "code": certificate.code,
        "number": certificate.number,
        "operation": str(certificate.rule.operation),
        "authority": certificate.authority,
        "source": certificate.source,
        "first_issued_on": certificate.first_issued_on,
        "issued_on": certificate.issued_on,
        "valid_until": certificate.valid_until,
        "lapses_on": certificate.lapses_on,
        "suspended_at": certificate.suspended_at,
        "revoked_at": certificate.revoked_at,
        "replaced_at": certificate.replaced_at,
        "pdf": certificate.pdf,
    }


def _certificates(person: Person) -> QuerySet[Certificate]:
    return Certificate.objects.filter(person=person).select_related("rule__operation")


def holds(user: User) -> list[Hold]:
    """Return how long results and certificates of the user are kept (three queries)."""
    person = person_of(user)
    return [*_certificate_holds(person), *_exam_holds(person)] if person else []


def _certificate_holds(person: Person) -> Iterator[Hold]:
    for certificate in _certificates(person):
        yield Hold(
            what=_("Certificate %(code)s, %(operation)s")
            % {"code": certificate.code, "operation": certificate.rule.operation.name},
            reason=_("Whoever meets the holder at work must be able to verify it, and its issue must be provable."),
            law=LAW,
            until=years_after(certificate.valid_until, RECORDS_YEARS),
        )


def _exam_holds(person: Person) -> Iterator[Hold]:
    for admission in Admission.objects.filter(person=person).select_related("sitting__rule__operation"):
        yield Hold(
            what=_("Exam record: %(sitting)s") % {"sitting": admission.sitting.title},
            reason=_("How somebody was examined must be provable, also against others who doubt it."),
            law=LAW,
            until=years_after(timezone.localdate(admission.sitting.closes_at), RECORDS_YEARS),
        )


def obstacles_to_merging(keep: Person, drop: Person) -> list[str]:
    """Say in words why the two cannot become one: what one person cannot have twice (five queries)."""
    both = (keep, drop)
    found = []
    if Attempt.objects.filter(person__in=both, status=AttemptStatus.IN_PROGRESS).exists():
        found.append(_("One of them is sitting an exam now."))
    sat = [_names(Attempt.objects.filter(person=who), "admission__sitting__rule__operation__name") for who in both]
    certified = [_names(Certificate.objects.filter(person=who), "rule__operation__name") for who in both]
    found += [_("Both have sat the exam: %(operation)s") % {"operation": name} for name in sorted(sat[0] & sat[1])]
    found += [
        _("Both have a certificate: %(operation)s") % {"operation": name}
        for name in sorted(certified[0] & certified[1])
    ]
    return found


def _names(rows: QuerySet, field: str) -> set[str]:
    return set(rows.values_list(field, flat=True))

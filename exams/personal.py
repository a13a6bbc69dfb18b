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
from .models import (
    Admission,
    Answer,
    Appeal,
    Application,
    ApplicationDocument,
    Attempt,
    Certificate,
    CertificateEvent,
    CertificateReview,
    ManualEntry,
    PracticeAnswer,
    Result,
)
from .personal_practicals import LAW, RECORDS_YEARS, practical_holds, practical_rows, sheet_rows
from .queries.invigilation import own_records
from .queries.released import released

LABELS = {
    "admissions": gettext_lazy("admissions"),
    "sitting__title": gettext_lazy("sitting"),
    "ticket": gettext_lazy("admission ticket"),
    "seat": gettext_lazy("seat"),
    "admitted_at": gettext_lazy("admitted at"),
    "applications": gettext_lazy("applications"),
    "kind": gettext_lazy("kind"),
    "education": gettext_lazy("education"),
    "post": gettext_lazy("post"),
    "training_organisation__name": gettext_lazy("training organisation"),
    "health_text": gettext_lazy("version of the health declaration"),
    "health_declared_at": gettext_lazy("health declared at"),
    "decided_at": gettext_lazy("decided at"),
    "reason": gettext_lazy("reason"),
    "application_documents": gettext_lazy("documents of applications"),
    "application__rule__operation__name": gettext_lazy("operation"),
    "uploaded_at": gettext_lazy("uploaded at"),
    "verdict": gettext_lazy("verdict"),
    "note": gettext_lazy("note"),
    "file": gettext_lazy("file"),
    "cancelled_at": gettext_lazy("cancelled at"),
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
    "manual_entries": gettext_lazy("answer sheets typed in"),
    "begun_at": gettext_lazy("begun at"),
    "handed_in_at": gettext_lazy("handed in at"),
    "entered_at": gettext_lazy("entered at"),
    "results": gettext_lazy("results"),
    "score": gettext_lazy("score"),
    "full_marks": gettext_lazy("full marks"),
    "passed": gettext_lazy("passed"),
    "graded_at": gettext_lazy("graded at"),
    "appeals": gettext_lazy("appeals"),
    "appealed_at": gettext_lazy("appealed at"),
    "answer": gettext_lazy("answer to the appeal"),
    "practicals": gettext_lazy("practical exams"),
    "rule__operation__name": gettext_lazy("operation"),
    "taken_at": gettext_lazy("taken at"),
    "veto_reason": gettext_lazy("which veto item"),
    "practical_marks": gettext_lazy("marks of practical exams"),
    "practical__rule__operation__name": gettext_lazy("operation"),
    "practical__number": gettext_lazy("attempt number"),
    "subject__code": gettext_lazy("subject"),
    "subject__name": gettext_lazy("name"),
    "marks": gettext_lazy("marks"),
    "practical_sessions": gettext_lazy("practical exams held"),
    "opened_at": gettext_lazy("opened at"),
    "practical_photos": gettext_lazy("photos of practical exams"),
    "task": gettext_lazy("task number"),
    "added_at": gettext_lazy("added at"),
    "score_sheets": gettext_lazy("score sheets filled in"),
    "assigned_at": gettext_lazy("assigned at"),
    "finished_at": gettext_lazy("finished at"),
    "total": gettext_lazy("total"),
    "signed_name": gettext_lazy("name signed"),
    "signature": gettext_lazy("signature"),
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
    "at": gettext_lazy("when"),
    "certificate_reviews": gettext_lazy("reviews of certificates"),
    "due_on": gettext_lazy("due on"),
    "done_on": gettext_lazy("done on"),
    "pdf": gettext_lazy("file"),
    "practice_answers": gettext_lazy("practice answers"),
    "version__question__code": gettext_lazy("question"),
    "mode": gettext_lazy("way of practising"),
    "is_right": gettext_lazy("right"),
    "allowances": gettext_lazy("time given"),
    "attempt__admission__sitting__title": gettext_lazy("sitting"),
    "seconds": gettext_lazy("seconds"),
    "given_at": gettext_lazy("given at"),
    "incidents": gettext_lazy("incidents"),
    "text": gettext_lazy("text"),
    "noted_at": gettext_lazy("noted at"),
    "integrity_events": gettext_lazy("what the exam page noticed"),
    "messages": gettext_lazy("messages of the invigilator"),
    "sent_at": gettext_lazy("sent at"),
}  # how tables and columns are called on the page to read


def rows(user: User) -> dict[str, list[dict]]:
    """Return the user's applications, exams, answers, results, appeals and certificates (sixteen queries).

    Answers and results only of what is released: before that a copy of them would tell the score. An examiner also
    gets the score sheets they signed.
    """
    person = person_of(user)
    if person is None:
        return sheet_rows(user)
    graded = Attempt.objects.filter(released("admission__sitting__"), person=person, status=AttemptStatus.GRADED)
    return {
        "applications": list(
            Application.objects.filter(person=person).values(
                "rule__operation__name",
                "kind",
                "status",
                "education",
                "post",
                "training_organisation__name",
                "health_text",
                "health_declared_at",
                "submitted_at",
                "decided_at",
                "reason",
            )
        ),
        "application_documents": [_document(document) for document in _documents(person)],
        "admissions": list(
            Admission.objects.filter(person=person).values(
                "sitting__title", "ticket", "seat", "admitted_at", "cancelled_at"
            )
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
        "manual_entries": list(
            ManualEntry.objects.filter(attempt__in=graded)
            .order_by("attempt", "number")
            .values("attempt__receipt", "number", "begun_at", "handed_in_at", "entered_at")
        ),
        "results": list(
            Result.objects.filter(attempt__in=graded).values(
                "attempt__receipt", "score", "full_marks", "passed", "graded_at"
            )
        ),
        **practical_rows(person),
        "appeals": list(
            Appeal.objects.filter(attempt__person=person).values(
                "attempt__receipt", "slot", "reason", "appealed_at", "answer", "decided_at"
            )
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
        "practice_answers": list(
            PracticeAnswer.objects.filter(person=person)
            .order_by("given_at")
            .values("version__question__code", "mode", "response", "is_right", "given_at")
        ),
        **own_records(person),
        **sheet_rows(user),
    }


def _documents(person: Person) -> QuerySet[ApplicationDocument]:
    handed_in = ApplicationDocument.objects.filter(application__person=person)
    return handed_in.select_related("application__rule__operation")


def _document(document: ApplicationDocument) -> dict:
    return {
        "application__rule__operation__name": document.application.rule.operation.name,
        "kind": document.kind,
        "uploaded_at": document.uploaded_at,
        "verdict": document.verdict,
        "note": document.note,
        "file": document.file,
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
    """Return how long results and certificates of the user are kept (four queries)."""
    person = person_of(user)
    return [*_certificate_holds(person), *_exam_holds(person), *practical_holds(person)] if person else []


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

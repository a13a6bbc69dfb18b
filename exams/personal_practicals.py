"""What practical exams hold about a candidate, and about an examiner. Part of ``personal``."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person, User
from accounts.rules.holds import Hold, years_after

from .models import EvidencePhoto, Practical, PracticalMark, PracticalSession, ScoreSheet

RECORDS_YEARS = 6  # after an exam, or the end of a certificate; to confirm with the archive rules of the province
LAW = (
    "《安全生产法》第三十条；《特种作业人员安全技术培训考核管理规定》（应急管理部令第19号）；"
    "《个人信息保护法》第四十七条第二款"
)


def practical_rows(person: Person) -> dict[str, list[dict]]:
    """Return a candidate's practical exams; outcome, marks and photos only once they are released (four queries)."""
    shown = Q(session=None) | Q(session__released_at__isnull=False)
    released = Practical.objects.filter(shown, person=person)
    return {
        "practical_sessions": list(
            PracticalSession.objects.filter(person=person).values(
                "rule__operation__name", "number", "opened_at", "status"
            )
        ),
        "practicals": list(
            released.values("rule__operation__name", "number", "taken_at", "score", "passed", "veto_reason")
        ),
        "practical_marks": list(
            PracticalMark.objects.filter(practical__in=released)
            .order_by("practical", "subject__code")
            .values("practical__rule__operation__name", "practical__number", "subject__code", "subject__name", "marks")
        ),
        "practical_photos": [
            {"task": photo.task.code, "added_at": photo.added_at, "file": photo.file}
            for photo in EvidencePhoto.objects.filter(
                sheet__session__person=person, sheet__session__released_at__isnull=False
            ).select_related("task")
        ],
    }


def sheet_rows(user: User) -> dict[str, list[dict]]:
    """Return the score sheets that an examiner filled in, without the candidate (one query)."""
    sheets = ScoreSheet.objects.filter(examiner=user).select_related("session__rule__operation")
    found = [
        {
            "operation": sheet.session.rule.operation.name,
            "assigned_at": sheet.assigned_at,
            "started_at": sheet.started_at,
            "finished_at": sheet.finished_at,
            "submitted_at": sheet.submitted_at,
            "total": sheet.total,
            "signed_name": sheet.signed_name,
            "signature": sheet.signature,
        }
        for sheet in sheets
    ]
    return {"score_sheets": found} if found else {}


def practical_holds(person: Person) -> Iterator[Hold]:
    """Yield how long each practical exam of a candidate is kept."""
    for session in PracticalSession.objects.filter(person=person).select_related("rule__operation"):
        yield Hold(
            what=_("Practical exam: %(operation)s, attempt %(number)s")
            % {"operation": session.rule.operation.name, "number": session.number},
            reason=_("How somebody was examined must be provable, also against others who doubt it."),
            law=LAW,
            until=years_after(timezone.localdate(session.decided_at or session.opened_at), RECORDS_YEARS),
        )

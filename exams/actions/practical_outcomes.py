"""What the sheets of a practical exam come to: written once, when the last sheet that is needed was handed in."""

from datetime import datetime

from exams.enums import PracticalStatus, ReleasePolicy
from exams.models import Practical, PracticalMark, PracticalSession, VetoItem
from exams.queries.score_sheets import seen_on
from exams.rules import practicals as rules

from .practicals import show

REASON_LENGTH = Practical._meta.get_field("veto_reason").max_length


def settle(session: PracticalSession, *, now: datetime) -> None:
    """Decide, or call for a third examiner, or wait. The caller holds the lock of the session, in its transaction."""
    sheets = list(session.sheets.exclude(submitted_at=None).order_by("place"))
    found = rules.outcome(
        [seen_on(sheet) for sheet in sheets],
        examiners=session.rule.examiners,
        limit=session.rule.difference_limit,
        pass_mark=session.rule.practical_pass_mark,
    )
    if found == rules.Undecided.THIRD:
        session.move_to(PracticalStatus.THIRD)
        session.save(update_fields=["status"])
    elif isinstance(found, rules.Outcome):
        _decide(session, found, taken_at=max(sheet.finished_at for sheet in sheets), now=now)


def _decide(session: PracticalSession, found: rules.Outcome, *, taken_at: datetime, now: datetime) -> None:
    practical = Practical.objects.create(
        person=session.person,
        rule=session.rule,
        theory=session.theory,
        number=session.number,
        veto=bool(found.vetoes),
        veto_reason=_reason(found.vetoes),
        score=found.score,
        passed=found.passed,
        taken_at=min(max(taken_at, session.opened_at), now),
    )
    subjects = {subject.code: subject for subject in session.rule.subjects.all()}
    PracticalMark.objects.bulk_create(
        PracticalMark(practical=practical, subject=subjects[code], marks=marks) for code, marks in found.marks.items()
    )
    session.move_to(PracticalStatus.DECIDED)
    session.practical, session.decided_at = practical, now
    session.save(update_fields=["status", "practical", "decided_at"])
    if session.theory.admission.sitting.release_policy == ReleasePolicy.AT_ONCE:
        show(session, by=None, now=now)


def _reason(vetoes: tuple[int, ...]) -> str:
    texts = "；".join(VetoItem.objects.filter(pk__in=vetoes).order_by("pk").values_list("text", flat=True))
    return texts if len(texts) <= REASON_LENGTH else f"{texts[: REASON_LENGTH - 1]}…"

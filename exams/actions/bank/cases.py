"""Cases of the drafts in a batch, their versions, and the places of questions in them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Max

from core.actions.tracking import create_all
from exams.models import Case, CaseVersion, Question
from exams.rules.items import Draft


def changed_stems(rows: Sequence) -> dict[str, str]:
    """Return case code → stem for the known cases whose stem the rows change."""
    stems = _stems(rows)
    if not stems:
        return {}
    return {code: stems[code] for code, version in _last(stems).items() if version.stem != stems[code]}


def store(rows: Sequence, *, now: datetime) -> dict[str, CaseVersion]:
    """Store the cases that the rows name; return the version of each that is new now."""
    codes = {row.draft.case: row for row in rows if row.draft.case}
    if not codes:
        return {}
    stems = _stems(rows)
    known = {case.code: case for case in Case.objects.select_for_update().filter(code__in=codes).order_by("pk")}
    known |= {
        case.code: case
        for case in create_all([Case(code=code, point=row.point) for code, row in codes.items() if code not in known])
    }
    last = _last(codes)
    new = [
        CaseVersion(
            case=case, number=last[code].number + 1 if code in last else 1, stem=stems.get(code, ""), created_at=now
        )
        for code, case in known.items()
        if code not in last or last[code].stem != stems.get(code, last[code].stem)
    ]
    return last | {version.case.code: version for version in create_all(new)}


def _stems(rows: Sequence) -> dict[str, str]:
    return {row.draft.case: row.draft.case_stem for row in rows if row.draft.case and row.draft.case_stem}


def _last(codes) -> dict[str, CaseVersion]:
    """Return case code → its newest version."""
    versions = CaseVersion.objects.filter(case__code__in=codes).select_related("case").order_by("number")
    return {version.case.code: version for version in versions}


class Places:
    """Gives each new question of a case its place: the one it asks for, or the next that is free."""

    def __init__(self, rows: Sequence, versions: Mapping[str, CaseVersion]):
        self._cases = {code: version.case for code, version in versions.items()}
        wanted = [self._cases[row.draft.case].pk for row in rows if row.draft.case]
        taken = Question.objects.filter(case__in=wanted).values_list("case").annotate(Max("case_position"))
        self._last = dict(taken) if wanted else {}

    def case_of(self, draft: Draft) -> Case | None:
        """Return the case a draft asks about."""
        return self._cases[draft.case] if draft.case else None

    def next_place(self, draft: Draft) -> int | None:
        """Return the draft's place in its case."""
        case = self.case_of(draft)
        if case is None:
            return None
        place = draft.case_position
        if place is None:
            place = self._last.get(case.pk, -1) + 1
        self._last[case.pk] = max(place, self._last.get(case.pk, -1))
        return place

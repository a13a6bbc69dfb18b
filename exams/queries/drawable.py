"""What may be drawn: a blueprint as rules, and the bank of its operation as it stands now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F

from exams.models import Blueprint, BlueprintRow, KnowledgePoint, NearDuplicate, Option, Question
from exams.rules.blueprints import Bank, Candidate, Plan, Row
from exams.rules.scoring import Part

from .papers import shown_positions, width_of


@dataclass(frozen=True)
class Drawable:
    """The bank as rules take it, and how often each question was drawn before."""

    bank: Bank
    times_drawn: Mapping[int, int]


def plan_of(blueprint: Blueprint, rows: Iterable[BlueprintRow] | None = None) -> Plan:
    """Return a blueprint as rules take it, with its stored rows or with ``rows`` (one or two queries)."""
    within = subtrees(blueprint.operation_id)
    stored = blueprint.rows.order_by("pk") if rows is None else rows
    return Plan(
        rows=tuple(
            Row(
                kind=row.kind,
                count=row.count,
                points=None if row.point_id is None else within[row.point_id],
                cases=row.cases,
                easiest=row.easiest,
                hardest=row.hardest,
                marks=row.marks,
                scoring=row.scoring,
            )
            for row in stored
        ),
        covers=frozenset(point for point, parts in within.items() if len(parts) == 1)
        if blueprint.covers_every_point
        else frozenset(),
        no_near_duplicates=blueprint.no_near_duplicates,
        evens_exposure=blueprint.evens_exposure,
        shuffles_questions=blueprint.shuffles_questions,
        shuffles_options=blueprint.shuffles_options,
    )


def subtrees(operation_id: int) -> dict[int, frozenset[int]]:
    """Return each knowledge point of an operation with itself and all its parts (one query)."""
    parents = dict(KnowledgePoint.objects.filter(operation=operation_id).values_list("pk", "parent_id"))
    within: dict[int, set[int]] = {point: set() for point in parents}
    for point in parents:
        above, seen = point, set()
        while above is not None and above not in seen:
            seen.add(above)
            if above in within:
                within[above].add(point)
            above = parents.get(above)
    return {point: frozenset(parts) for point, parts in within.items()}


def drawable(operation_id: int, *, spares_reserved: bool = False) -> Drawable:
    """Return the approved questions of an operation, cases whole, and its near-duplicates (three queries).

    A case is left out as long as one of its questions is not approved, or stands on another text of the case than the
    others. ``spares_reserved`` leaves out what is reserved for exams.
    """
    questions = list(
        Question.objects.filter(point__operation=operation_id, retired_at=None)
        .annotate(case_code=F("case__code"), case_point=F("case__point"), text=F("current__case_version"))
        .values_list(
            *("pk", "code", "current_id", "kind", "point_id", "difficulty", "times_drawn", "reserved"),
            *("case_id", "case_position", "case_code", "case_point", "text"),
            named=True,
        )
    )
    broken = broken_cases(questions)
    fit = [
        one
        for one in questions
        if one.current_id and one.case_id not in broken and not (spares_reserved and one.reserved)
    ]
    if spares_reserved:
        touched = {one.case_id for one in questions if one.reserved and one.case_id}
        fit = [one for one in fit if one.case_id not in touched]
    fit.sort(key=lambda one: (one.case_code or "", one.case_position or 0, one.code))  # as no collation does
    parts = _parts(operation_id)
    candidates = tuple(
        Candidate(
            question=one.pk,
            version=one.current_id,
            kind=one.kind,
            point=one.point_id,
            difficulty=one.difficulty,
            shown=shown_positions(one.kind, parts[one.current_id]),
            width=width_of(one.kind, parts[one.current_id]),
            case=one.case_id,
        )
        for one in fit
    )
    bank = Bank(candidates, near_pairs(operation_id), {one.case_id: one.case_point for one in fit if one.case_id})
    return Drawable(bank, {one.pk: one.times_drawn for one in fit})


def broken_cases(questions: Iterable) -> set[int]:
    """Return the cases that cannot be drawn whole: a question not approved, or on another text of the case."""
    texts: dict[int, set] = defaultdict(set)
    for one in questions:
        if one.case_id:
            texts[one.case_id].add(one.text if one.current_id else None)
    return {case for case, found in texts.items() if len(found) > 1 or None in found}


def near_pairs(operation_id: int) -> frozenset[tuple[int, int]]:
    """Return the pairs of near-duplicates of an operation that nobody found different (one query)."""
    pairs = NearDuplicate.objects.filter(first__point__operation=operation_id).exclude(different=True)
    return frozenset(pairs.values_list("first_id", "second_id"))


def _parts(operation_id: int) -> dict[int, tuple[Part, ...]]:
    """Return the options of every current version as far as a paper's layout depends on them (one query)."""
    parts: dict[int, list[Part]] = defaultdict(list)
    options = Option.objects.filter(version__question__point__operation=operation_id).filter(
        version=F("version__question__current")
    )
    for version, position, text, match, blank in options.order_by("version_id", "position").values_list(
        "version_id", "position", "text", "match", "blank"
    ):
        parts[version].append(Part(position=position, text=text, match=match, blank=blank))
    return defaultdict(tuple, {version: tuple(found) for version, found in parts.items()})

"""A released result as its candidate sees it: each question with its key, and how each part of the paper went."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from exams.enums import AttemptStatus, QuestionKind
from exams.models import Attempt, PaperSlot
from exams.models.attempts import plain
from exams.rules.breakdown import unpack
from exams.rules.grading import KeyedSlot
from exams.rules.responses import blanks, letters

from .papers import Item, keyed, printed, right_response
from .scores import counted_answers

BY_LETTER = (QuestionKind.TRUE_FALSE, QuestionKind.SINGLE_CHOICE, QuestionKind.MULTIPLE_CHOICE)


@dataclass(frozen=True)
class Reviewed:
    """One graded question. ``also_right`` was accepted after the exam; of a ``void`` one everybody has the marks."""

    item: Item
    chosen: str
    right: str
    is_right: bool
    explanation: str
    source: str
    also_right: list[str]
    void: bool
    marks: Decimal
    awarded: Decimal
    point: str

    @property
    def by_letter(self) -> bool:
        """Say whether letters stand for chosen options, not for an order or a match."""
        return self.item.kind in BY_LETTER


@dataclass(frozen=True)
class Part:
    """How one part of a paper went; ``percent`` is whole."""

    name: str
    awarded: str
    marks: str
    percent: int


def review(attempt: Attempt) -> list[Reviewed]:
    """Return every question with the answer given, the right one, the marks got and why (ten queries).

    :raises PermissionError: the result is not released.
    """
    if attempt.status != AttemptStatus.GRADED or not attempt.admission.sitting.shows_results:
        raise PermissionError("the result is not released")
    slots = {slot.number: slot for slot in keyed(attempt.paper_id)}
    given = counted_answers([attempt.pk]).get(attempt.pk, {})
    result = attempt.results.first()
    got = {one.slot: one for one in unpack(result.breakdown)} if result else {}
    versions = PaperSlot.objects.filter(paper=attempt.paper_id).select_related("version__question__point")
    version_of = {slot.number: slot.version for slot in versions}
    reviewed = []
    for item in printed(attempt.paper_id):
        slot, version, mark = slots[item.slot], version_of[item.slot], got.get(item.slot)
        reviewed.append(
            Reviewed(
                item=item,
                chosen=_readable(given.get(item.slot, "")),
                right=right_response(slot.key),
                is_right=mark is not None and mark.awarded == mark.marks,
                explanation=version.explanation,
                source=version.source,
                also_right=_also_right(slot),
                void=slot.given_to_all,
                marks=slot.marks,
                awarded=mark.awarded if mark else Decimal(0),
                point=version.question.point.name,
            )
        )
    return reviewed


def _readable(response: str) -> str:
    return "；".join(blanks(response)) if response.startswith("[") else response


def _also_right(slot: KeyedSlot) -> list[str]:
    key = slot.key
    shown = [letters(answer, key.order) for answer in key.accepted]
    return ["".join(sorted(one)) for one in shown] if key.kind in BY_LETTER else shown


def by_section(reviewed: Sequence[Reviewed]) -> list[Part]:
    """Return how each kind of question went, in the paper's order."""
    return _parts([(str(QuestionKind(one.item.kind).label), one) for one in reviewed])


def by_point(reviewed: Sequence[Reviewed]) -> list[Part]:
    """Return how each knowledge point went, the weakest first."""
    return sorted(_parts([(one.point, one) for one in reviewed]), key=lambda part: (part.percent, part.name))


def _parts(named: Sequence[tuple[str, Reviewed]]) -> list[Part]:
    sums: dict[str, list[Decimal]] = {}
    for name, one in named:
        total = sums.setdefault(name, [Decimal(0), Decimal(0)])
        total[0] += one.awarded
        total[1] += one.marks
    return [
        Part(name, plain(awarded), plain(marks), int(100 * awarded / marks)) for name, (awarded, marks) in sums.items()
    ]

"""How alike the papers of one blueprint are: difficulty, overlap, points, use of each question. Pure."""

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from .blueprints import Bank
from .composition import Slot


@dataclass(frozen=True)
class Spread:
    """Mean, standard deviation, least and most of a figure."""

    mean: float
    deviation: float
    least: float
    most: float


@dataclass(frozen=True)
class PointUse:
    """Of how many papers a point is part (share), and how many of its questions a paper has on average."""

    point: int
    papers: float
    questions: float


@dataclass(frozen=True)
class ParallelForms:
    """Figures of ``papers`` trial papers.

    ``difficulty`` is of a paper's mean difficulty (1 to 5, by marks); ``overlap`` of how many questions two papers
    share, over every pair; ``use`` of how many papers a question that may be drawn is on; ``unused`` were never drawn.
    """

    papers: int
    questions: int
    difficulty: Spread
    overlap: Spread
    use: Spread
    unused: int
    points: tuple[PointUse, ...]

    @property
    def overlap_percent(self) -> float:
        """Return the mean overlap as a share of a paper."""
        return 100 * self.overlap.mean / self.questions if self.questions else 0.0


def parallel_forms(sheets: Sequence[Sequence[Slot]], bank: Bank, may_be_drawn: Sequence[int]) -> ParallelForms:
    """Compare papers with each other."""
    known = {one.question: one for one in bank.candidates}
    use = Counter(dict.fromkeys(may_be_drawn, 0))
    for sheet in sheets:
        use.update(slot.question for slot in sheet)
    return ParallelForms(
        papers=len(sheets),
        questions=max((len(sheet) for sheet in sheets), default=0),
        difficulty=_spread([_difficulty(sheet, known) for sheet in sheets]),
        overlap=_spread(_overlaps(sheets, known)),
        use=_spread(list(use.values())),
        unused=sum(1 for times in use.values() if not times),
        points=_points(sheets, known),
    )


def _difficulty(sheet: Sequence[Slot], known) -> float:
    marks = float(sum(slot.marks for slot in sheet))
    return sum(float(slot.marks) * known[slot.question].difficulty for slot in sheet) / marks if marks else 0.0


def _overlaps(sheets: Sequence[Sequence[Slot]], known) -> list[int]:
    """Count shared questions of every pair: a paper is the bits of its questions."""
    bit = {question: 1 << place for place, question in enumerate(known)}
    papers = [sum(bit[slot.question] for slot in sheet) for sheet in sheets]
    return [(one & other).bit_count() for one, other in combinations(papers, 2)]


def _points(sheets: Sequence[Sequence[Slot]], known) -> tuple[PointUse, ...]:
    papers, questions = Counter(), Counter()
    for sheet in sheets:
        points = Counter(known[slot.question].point for slot in sheet)
        papers.update(points.keys())
        questions.update(points)
    total = len(sheets) or 1
    points = sorted({one.point for one in known.values()})
    return tuple(PointUse(point, papers[point] / total, questions[point] / total) for point in points)


def _spread(figures: Sequence[float]) -> Spread:
    if not figures:
        return Spread(0.0, 0.0, 0.0, 0.0)
    return Spread(statistics.fmean(figures), statistics.pstdev(figures), min(figures), max(figures))

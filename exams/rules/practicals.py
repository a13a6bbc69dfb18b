"""A practical exam: how tasks are drawn, and what two or three examiners' sheets come to. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from random import Random

from django.utils.translation import gettext_lazy as _

FULL_MARKS = 100
CLOCK_SLACK = timedelta(minutes=2)  # a tablet's clock beside ours
LONGEST = timedelta(hours=12)


class NoTask(Exception):
    """A subject has no task to draw; ``subject`` says which."""

    def __init__(self, subject: str):
        super().__init__(subject)
        self.subject = subject


def draw(*, tasks: Mapping[str, Sequence[int]], seed: int) -> list[int]:
    """Return one task for each subject, in the order of the subjects; the same seed and tasks give the same.

    :raises NoTask: a subject has none.
    """
    random = Random(seed)
    drawn = []
    for subject in sorted(tasks):
        if not tasks[subject]:
            raise NoTask(subject)
        drawn.append(random.choice(sorted(tasks[subject])))
    return drawn


def subjects_incomplete(full_marks: Iterable[int]):
    """The full marks of the subjects make a hundred, or the reason why nobody can be examined."""
    total = sum(full_marks)
    if total == FULL_MARKS:
        return None
    return _("The subjects of this practical exam make %(total)s marks, not 100.") % {"total": total}


def times_wrong(*, started: datetime, finished: datetime, opened: datetime, now: datetime):
    """The times on a sheet lie in the exam and in order; a tablet's clock may be two minutes off."""
    if finished <= started:
        return _("The exam ends after it began.")
    if finished > now + CLOCK_SLACK:
        return _("The end lies in the future.")
    if started < opened - CLOCK_SLACK:
        return _("The beginning lies before this exam was opened.")
    return _("An exam does not take that long.") if finished - started > LONGEST else None


@dataclass(frozen=True)
class Seen:
    """What one examiner saw: marks per subject, and the veto items that applied."""

    marks: Mapping[str, int]
    vetoes: frozenset[int] = frozenset()

    @property
    def total(self) -> int:
        return sum(self.marks.values())


@dataclass(frozen=True)
class Outcome:
    """``marks`` per subject add up to ``score``; ``vetoes`` are those that count."""

    score: int
    passed: bool
    marks: Mapping[str, int]
    vetoes: tuple[int, ...]


class Undecided(StrEnum):
    """What is still needed."""

    SHEETS = "sheets"
    THIRD = "third"


@dataclass(frozen=True)
class Dispute:
    """Where two examiners differ: by how many marks, beyond the limit or not, and which vetoes only one of them saw."""

    difference: int
    beyond: bool
    vetoes: frozenset[int]

    def __bool__(self) -> bool:
        return self.beyond or bool(self.vetoes)


def dispute(first: Seen, second: Seen, *, limit: int) -> Dispute:
    """Return where the two differ; the limit itself is still within."""
    difference = abs(first.total - second.total)
    return Dispute(difference, difference > limit, first.vetoes ^ second.vetoes)


def outcome(sheets: Sequence[Seen], *, examiners: int, limit: int, pass_mark: int) -> Outcome | Undecided:
    """Return what the sheets come to, or what is still needed; ``examiners`` is how many examine to begin with.

    Two sheets within ``limit`` give their mean. Beyond it, or where one alone saw a veto item, a third examiner is
    called, and the mean of the two closest totals counts. Where the third stands exactly in the middle both pairs are
    equally close: then neither is preferred, and the mean of both pairs counts, which is the middle total. (The higher
    pair would let somebody work on live parts for whom one examiner's doubt was as good as the other's trust; the lower
    would fail them for it.) Means are rounded to whole marks, halves up.

    A veto item counts when two examiners saw the same one; a single examiner is believed. It fails the whole.
    """
    if len(sheets) < examiners:
        return Undecided.SHEETS
    if len(sheets) == 2 and dispute(*sheets, limit=limit):
        return Undecided.THIRD
    counted = _closest(sheets)
    means = {
        subject: Fraction(sum(sheet.marks[subject] for sheet in counted), len(counted)) for subject in sheets[0].marks
    }
    score = _rounded(sum(means.values(), Fraction(0)))
    seen = Counter(veto for sheet in sheets for veto in sheet.vetoes)
    vetoes = tuple(sorted(veto for veto, count in seen.items() if count >= min(2, len(sheets))))
    return Outcome(score, not vetoes and score >= pass_mark, _shared_out(means, score), vetoes)


def _closest(sheets: Sequence[Seen]) -> list[Seen]:
    """Return the two sheets with the closest totals; of pairs that are equally close all, the middle one then twice."""
    ordered = sorted(sheets, key=lambda sheet: sheet.total)
    if len(ordered) <= 2:
        return ordered
    pairs = list(pairwise(ordered))
    least = min(high.total - low.total for low, high in pairs)
    return [sheet for low, high in pairs if high.total - low.total == least for sheet in (low, high)]


def _rounded(exact: Fraction) -> int:
    return (exact + Fraction(1, 2)).__floor__()


def _shared_out(means: Mapping[str, Fraction], score: int) -> dict[str, int]:
    """Return whole marks per subject that add up to the score: the largest fractions are rounded up, the rest down."""
    marks = {subject: mean.__floor__() for subject, mean in means.items()}
    by_fraction = sorted(means, key=lambda subject: (marks[subject] - means[subject], subject))
    for subject in by_fraction[: score - sum(marks.values())]:
        marks[subject] += 1
    return marks

"""Marking a practice quiz. Pure: no database, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PASS_SHARE = 0.6


@dataclass(frozen=True)
class Question:
    """One practice question; ``answer`` is the index of the right option."""

    key: str
    stem: str
    options: tuple[str, ...]
    answer: int
    explanation: str


@dataclass(frozen=True)
class MarkedQuestion:
    """A question with the option that was chosen, if any."""

    question: Question
    chosen: int | None

    @property
    def answered(self) -> bool:
        return self.chosen is not None

    @property
    def right(self) -> bool:
        return self.chosen == self.question.answer

    @property
    def right_text(self) -> str:
        """The text of the right option."""
        return self.question.options[self.question.answer]


@dataclass(frozen=True)
class Marks:
    """A whole quiz, marked."""

    items: tuple[MarkedQuestion, ...]

    @property
    def total(self) -> int:
        return len(self.items)

    @property
    def right(self) -> int:
        return sum(item.right for item in self.items)

    @property
    def unanswered(self) -> int:
        return sum(not item.answered for item in self.items)

    @property
    def passed(self) -> bool:
        """Every question answered and at least PASS_SHARE of them right; a quiz without questions is never passed."""
        return bool(self.items) and not self.unanswered and self.right >= self.total * PASS_SHARE


def mark(questions: Sequence[Question], answers: Mapping[str, str]) -> Marks:
    """Mark ``answers``, the option's index as text by question key; what names no option counts as not answered."""
    return Marks(tuple(MarkedQuestion(each, _chosen(each, answers.get(each.key))) for each in questions))


def _chosen(question: Question, raw: str | None) -> int | None:
    return next((index for index in range(len(question.options)) if raw == str(index)), None)

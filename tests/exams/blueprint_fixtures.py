"""Banks and blueprints as rules take them, made of a few words."""

from exams.enums import QuestionKind
from exams.rules.blueprints import Bank, Candidate, Row

TF, SC, MC = QuestionKind.TRUE_FALSE, QuestionKind.SINGLE_CHOICE, QuestionKind.MULTIPLE_CHOICE
SHOWN = {TF: (0, 1), SC: (0, 1, 2, 3), MC: (0, 1, 2, 3)}


def question(number: int, kind: str = TF, point: int = 1, difficulty: int = 3, case: int | None = None) -> Candidate:
    """Return a question whose version has the number 1000 + its own."""
    return Candidate(number, 1000 + number, kind, point, difficulty, SHOWN.get(kind, (0, 1, 2)), 1, case)


def bank(*questions: Candidate, near=(), case_points=None) -> Bank:
    """Return a bank of these questions."""
    return Bank(tuple(questions), frozenset(near), case_points or {})


def row(kind: str = TF, count: int = 1, *points: int, **more) -> Row:
    """Return a row for these points, or for any."""
    return Row(kind, count, frozenset(points) if points else None, **more)

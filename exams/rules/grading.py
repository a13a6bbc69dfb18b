"""Marks, pure and repeatable: the same paper, key and answers give the same score."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Score:
    """``score`` of ``full_marks``, one mark a question."""

    score: int
    full_marks: int
    passed: bool


def grade(*, key: Mapping[int, str], answers: Mapping[int, str], pass_mark: int) -> Score:
    """Score ``answers`` (slot → letter, "" for none) against ``key`` (slot → letter); pass mark of 100.

    A paper of another length is measured in hundredths: 80 of 100 on fifty questions is 40.
    """
    right = sum(answers.get(slot, "") == letter for slot, letter in key.items())
    return Score(right, len(key), right * 100 >= pass_mark * len(key))


@dataclass(frozen=True)
class PracticalScore:
    """The sum of the subjects' marks; a veto fails the whole."""

    score: int
    passed: bool


class MarksOutOfRange(Exception):
    """A subject's marks are missing, negative or above its full marks."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def grade_practical(
    *, full_marks: Mapping[str, int], marks: Mapping[str, int], veto: bool, pass_mark: int
) -> PracticalScore:
    """Score a practical exam: ``marks`` per subject code (K1…K4).

    :raises MarksOutOfRange: a subject has no marks or more than its full marks.
    """
    for code, full in full_marks.items():
        if not 0 <= marks.get(code, -1) <= full:
            raise MarksOutOfRange(code)
    total = sum(marks[code] for code in full_marks)
    return PracticalScore(total, not veto and total >= pass_mark)

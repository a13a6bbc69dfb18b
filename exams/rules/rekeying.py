"""What a change of a key does to a slot. Pure: the changes of a version, in the order of their approval.

A change's detail: void has none. ``accepted`` lists further right answers as bank positions (a choice, an order, for a
match one right side per left side). ``right`` is the new key in the same form. Of blanks both are ``spellings``: for
each blank the further, or the new, accepted texts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from exams.enums import KeyChangeKind, QuestionKind

from .grading import KeyedSlot
from .responses import LETTERS
from .scoring import Part

ONE = (QuestionKind.TRUE_FALSE, QuestionKind.SINGLE_CHOICE)
BETWEEN_SPELLINGS = "|"


class BadChange(ValueError):
    """The change makes no sense for this question; its text says why."""


@dataclass(frozen=True)
class Rekeying:
    """One approved change of a version."""

    kind: str
    detail: Mapping


def read(*, kind: str, question_kind: str, typed: str, parts: Sequence[Part]) -> dict:
    """Return the detail that an officer typed: letters of the bank's order, one answer a line; of blanks one a line.

    :raises BadChange: no such option, too few or too many of them, or nothing that would change.
    """
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if kind == KeyChangeKind.VOID:
        if lines:
            raise BadChange(_("A void question has no answer."))
        return {}
    if question_kind == QuestionKind.FILL_IN:
        detail = {"spellings": [_spellings(line) for line in lines]}
    else:
        answers = [_positions(line) for line in lines]
        if kind == KeyChangeKind.NEW_KEY and len(answers) != 1:
            raise BadChange(_("A new key is one answer."))
        detail = {"right": answers[0]} if kind == KeyChangeKind.NEW_KEY else {"accepted": answers}
    check(kind=kind, question_kind=question_kind, detail=detail, parts=parts)
    return detail


def _spellings(line: str) -> list[str]:
    return [text.strip() for text in line.replace("｜", BETWEEN_SPELLINGS).split(BETWEEN_SPELLINGS) if text.strip()]


def _positions(line: str) -> list[int]:
    places = [LETTERS.find(letter) for letter in line.upper() if letter not in " ,，、"]
    if not places or min(places) < 0:
        raise BadChange(_("Answers are letters, such as AC; one answer a line."))
    return places


def check(*, kind: str, question_kind: str, detail: Mapping, parts: Sequence[Part]) -> None:
    """Do nothing for a detail that fits the question.

    :raises BadChange: it does not.
    """
    if kind == KeyChangeKind.VOID:
        if detail:
            raise BadChange(_("A void question has no answer."))
        return
    if question_kind == QuestionKind.MATCHING and kind == KeyChangeKind.NEW_KEY:
        raise BadChange(_("A match takes no new key: accept the right answer too, or void the question."))
    if question_kind == QuestionKind.FILL_IN:
        _check_spellings(kind, detail, parts)
        return
    name = "right" if kind == KeyChangeKind.NEW_KEY else "accepted"
    if set(detail) != {name}:
        raise BadChange(_("There is no answer."))
    answers = [detail[name]] if kind == KeyChangeKind.NEW_KEY else detail[name]
    if not isinstance(answers, list) or not answers:
        raise BadChange(_("There is no answer."))
    for answer in answers:
        _check_answer(answer, question_kind, parts)


def _check_answer(answer, question_kind: str, parts: Sequence[Part]) -> None:
    there = {part.position for part in parts}
    if not isinstance(answer, list) or not answer or not set(answer) <= there:
        raise BadChange(_("There is no such option."))
    if question_kind != QuestionKind.MATCHING and len(set(answer)) < len(answer):
        raise BadChange(_("An option stands there twice."))
    if question_kind in ONE and len(answer) != 1:
        raise BadChange(_("One option is right, not several; accept each in a line of its own."))
    wanted = {QuestionKind.ORDERING: len(parts), QuestionKind.MATCHING: sum(1 for part in parts if part.text)}
    if len(answer) != wanted.get(question_kind, len(answer)):
        raise BadChange(_("The answer does not fill every place."))


def _check_spellings(kind: str, detail: Mapping, parts: Sequence[Part]) -> None:
    spellings = detail.get("spellings")
    blanks = len({part.blank for part in parts})
    if set(detail) != {"spellings"} or not isinstance(spellings, list) or len(spellings) != blanks:
        raise BadChange(_("Write one line for each blank."))
    if kind == KeyChangeKind.NEW_KEY and not all(spellings):
        raise BadChange(_("A blank has no accepted text."))
    if not all(isinstance(text, str) and text.strip() for texts in spellings for text in texts):
        raise BadChange(_("A blank has no accepted text."))


def rekeyed(slot: KeyedSlot, changes: Sequence[Rekeying]) -> KeyedSlot:
    """Return the slot as its key stands after all ``changes``; a void one stays void."""
    for change in changes:
        slot = _CHANGES[change.kind](slot, change.detail)
    return slot


def _void(slot: KeyedSlot, detail: Mapping) -> KeyedSlot:
    return replace(slot, given_to_all=True)


def _accept(slot: KeyedSlot, detail: Mapping) -> KeyedSlot:
    if slot.key.kind == QuestionKind.FILL_IN:
        return replace(slot, key=replace(slot.key, parts=(*slot.key.parts, *_written(slot, detail))))
    accepted = tuple(tuple(answer) for answer in detail["accepted"])
    return replace(slot, key=replace(slot.key, accepted=slot.key.accepted + accepted))


def _new_key(slot: KeyedSlot, detail: Mapping) -> KeyedSlot:
    key = slot.key
    if key.kind == QuestionKind.FILL_IN:
        parts = tuple(_written(slot, detail))
    elif key.kind == QuestionKind.ORDERING:
        by_position = {part.position: part for part in key.parts}
        parts = tuple(by_position[position] for position in detail["right"])
    else:  # the weights were of the old key
        parts = tuple(replace(part, is_right=part.position in detail["right"], weight=None) for part in key.parts)
    return replace(slot, key=replace(key, parts=parts, accepted=()))


def _written(slot: KeyedSlot, detail: Mapping) -> list[Part]:
    first = max((part.position for part in slot.key.parts), default=-1) + 1
    texts = [(blank, text) for blank, texts in enumerate(detail["spellings"]) for text in texts]
    return [Part(position=first + at, text=text, blank=blank) for at, (blank, text) in enumerate(texts)]


_CHANGES = {KeyChangeKind.VOID: _void, KeyChangeKind.ACCEPT: _accept, KeyChangeKind.NEW_KEY: _new_key}

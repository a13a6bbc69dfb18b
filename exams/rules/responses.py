"""How a response is written: one short text for every kind of question. Pure.

Letters name what the paper shows, A first. True/false and single choice: one letter. Multiple choice: the letters
chosen, in alphabetical order. Ordering: all letters, in the candidate's order. Matching: for each left side from above
the letter of its right side, or "-". Fill-in: a JSON list of strings, one a blank. An empty text is no answer, or one
taken back.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from exams.enums import QuestionKind

LETTERS = "ABCDEFGHIJKL"
PLACES = "0123456789ab"  # how ``PaperSlot.order`` writes a bank position
NOTHING = "-"
LONGEST = 1000
LONGEST_BLANK = 100
MOST_BLANKS = 12

ONE = (QuestionKind.TRUE_FALSE, QuestionKind.SINGLE_CHOICE)
ANY = tuple(QuestionKind)


class BadResponse(ValueError):
    """Not a response to any kind of question."""


@dataclass(frozen=True)
class Shape:
    """What a response may answer: the ``kinds`` it fits, how many ``places`` it fills, how many letters it needs.

    ``whole`` says that it must fill every place of the slot: an order with steps left out is none.
    """

    kinds: tuple[str, ...]
    places: int
    letters: int
    whole: bool = False


def shape(response: str) -> Shape:
    """Return which slots a response fits.

    :raises BadResponse: it fits none.
    """
    if len(response) > LONGEST:
        raise BadResponse("too long")
    if not response:
        return Shape(ANY, 0, 0)
    if response.startswith("["):
        return Shape((QuestionKind.FILL_IN,), len(blanks(response)), 0, whole=True)
    if len(response) > len(LETTERS) or set(response) - set(LETTERS + NOTHING):
        raise BadResponse("letters only")
    letters = max((LETTERS.find(letter) for letter in response), default=0) + 1
    if NOTHING in response or len(set(response)) < len(response):
        return Shape((QuestionKind.MATCHING,), len(response), letters, whole=True)
    if len(response) == 1:
        return Shape((*ONE, QuestionKind.MULTIPLE_CHOICE), 1, letters)
    return _several(response, letters)


def _several(response: str, letters: int) -> Shape:
    """Different letters: an order or a match, and a choice of several where they stand in the alphabet's order.

    An order or a match fills every place of its slot, and ``fits`` and the SQL of a save see to that by ``whole``.
    """
    kinds = (QuestionKind.ORDERING, QuestionKind.MATCHING)
    if list(response) == sorted(response):
        return Shape((QuestionKind.MULTIPLE_CHOICE, *kinds), len(response), letters)
    return Shape(kinds, len(response), letters, whole=True)


def blanks(response: str) -> list[str]:
    """Return the texts of a fill-in response.

    :raises BadResponse: not a JSON list of short strings.
    """
    try:
        texts = json.loads(response)
    except (ValueError, RecursionError) as error:
        raise BadResponse("not a list") from error
    if not isinstance(texts, list) or not 1 <= len(texts) <= MOST_BLANKS:
        raise BadResponse("not a list of texts")
    if any(not isinstance(text, str) or len(text) > LONGEST_BLANK for text in texts):
        raise BadResponse("each blank takes a short text")
    return texts


def fits(response: str, *, kind: str, order: str, width: int) -> bool:
    """Say whether ``response`` may answer a slot of that kind, order and width."""
    try:
        its = shape(response)
    except BadResponse:
        return False
    must_fill = its.whole or (response and kind in (QuestionKind.ORDERING, QuestionKind.MATCHING))
    return (
        kind in its.kinds
        and its.places <= width
        and its.letters <= len(order)
        and (not must_fill or its.places == width)
    )


def positions(response: str, order: str) -> list[int | None]:
    """Return the bank positions behind the letters of a response, None for a left side without a match."""
    return [None if letter == NOTHING else PLACES.index(order[LETTERS.index(letter)]) for letter in response]


def letters(wanted: Sequence[int], order: str) -> str:
    """Return the letters under which the bank positions ``wanted`` are shown, in the given order."""
    return "".join(LETTERS[order.index(PLACES[position])] for position in wanted)

"""Responses in words, as people read them on result and practice pages."""

from exams.enums import QuestionKind
from exams.rules.responses import BadResponse, blanks

from .papers import Item


def readable(item: Item, response: str) -> list[str]:
    """Return a response as lines: options with their text, steps in order, pairs, blanks; empty for none."""
    if not response:
        return []
    texts = {option.letter: option.text for option in item.options}
    if item.kind == QuestionKind.FILL_IN:
        try:
            return blanks(response)
        except BadResponse:
            return response.split("；")
    if item.kind == QuestionKind.MATCHING:
        return [f"{left} → {texts.get(letter, '—')}" for left, letter in zip(item.lefts, response, strict=False)]
    if item.kind == QuestionKind.ORDERING:
        return [f"{number}. {texts.get(letter, '')}" for number, letter in enumerate(response, 1)]
    return [f"{letter}. {texts.get(letter, '')}" for letter in response]

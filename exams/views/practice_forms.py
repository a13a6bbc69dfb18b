"""A question as a plain form: how it is shown while practising, and how what comes back becomes a response."""

import json
from dataclasses import dataclass

from django.utils import timezone

from exams.enums import QuestionKind
from exams.models import PaperSlot, Question
from exams.queries.papers import Item, item_of, parts_of, shown_positions, width_of
from exams.rules.practice import steady
from exams.rules.responses import LETTERS, NOTHING, PLACES


@dataclass(frozen=True)
class Sheet:
    """One question on a practice page; ``order`` goes back with the answer."""

    version_id: int
    order: str
    item: Item


def sheet_of(question: Question, *, person_id: int, now) -> Sheet:
    """Return a question with its options in the order of this person's day."""
    version = question.current
    parts = parts_of(version)
    shown = [PLACES[position] for position in shown_positions(question.kind, parts)]
    if question.kind != QuestionKind.TRUE_FALSE:
        steady(person_id, version.pk, timezone.localdate(now).isoformat()).shuffle(shown)
    return printed(version, "".join(shown), question.kind, width_of(question.kind, parts))


def printed(version, order: str, kind: str, width: int) -> Sheet:
    """Return a version in a given order, as a paper would show it."""
    slot = PaperSlot(number=1, version=version, kind=kind, order=order, width=width)
    return Sheet(version.pk, order, item_of(slot))


def response_of(data, *, kind: str, letters: int, width: int) -> str:
    """Return what a practice form holds as a response; "" where nothing was chosen or it makes no sense."""
    if kind == QuestionKind.FILL_IN:
        texts = [data.get(f"blank{number}", "").strip()[:100] for number in range(width)]
        return json.dumps(texts, ensure_ascii=False) if any(texts) else ""
    if kind == QuestionKind.MATCHING:
        chosen = [data.get(f"left{number}", NOTHING) for number in range(width)]
        return "" if set(chosen) <= {NOTHING} else "".join(chosen)
    if kind == QuestionKind.ORDERING:
        places = {data.get(f"step{letter}", ""): letter for letter in LETTERS[:letters]}
        return "".join(places.get(str(number), "") for number in range(1, letters + 1))
    return "".join(sorted(set(data.getlist("letter"))))

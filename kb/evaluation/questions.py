"""Labelled questions, as data: what should be answered, from which articles, and what must or must not be said.

They are written apart from the articles. ``development`` is for tuning, ``test`` for reporting only.
"""

import json
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

SETS = Path(__file__).with_name("sets")


class Kind(StrEnum):
    """What a question is, and so what becomes of it: answered, or not from an article."""

    ANSWER = "answer"
    DANGER = "danger"
    UNKNOWN = "unknown"
    ATTACK = "attack"
    REFERRAL = "referral"


ANSWERABLE = frozenset({Kind.ANSWER, Kind.DANGER})


@dataclass(frozen=True)
class Labelled:
    """``expected``: slugs any of which is right; ``must``, ``never``: phrases; ``history``: the questions before it."""

    id: str
    question: str
    kind: Kind
    expected: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def answerable(self) -> bool:
        """Whether an article answers it."""
        return self.kind in ANSWERABLE


class UnreadableSet(Exception):
    """A line of the set is not a labelled question; the message names it and says why."""


def names() -> list[str]:
    """Return the names of the sets."""
    return sorted(path.stem for path in SETS.glob("*.jsonl"))


@cache
def load(name: str) -> tuple[Labelled, ...]:
    """Return the questions of the set.

    :raises UnreadableSet: there is none of this name, a line is wrong or an id comes twice.
    """
    try:
        lines = (SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise UnreadableSet(name) from error
    found = tuple(_read(name, number, line) for number, line in enumerate(lines, 1))
    twice = [key for key, count in Counter(each.id for each in found).items() if count > 1]
    if twice:
        raise UnreadableSet(f"{name}: {twice}")
    return found


def _read(name: str, number: int, line: str) -> Labelled:
    try:
        fields = json.loads(line)
        lists = {key: tuple(fields.pop(key, ())) for key in ("expected", "must", "never", "history", "tags")}
        kind = Kind(fields.pop("kind"))
        read = Labelled(**fields, **lists, kind=kind)
        if read.answerable != bool(read.expected):
            raise ValueError("an answer or danger needs articles, and nothing else has any")
    except (ValueError, TypeError, KeyError) as error:
        raise UnreadableSet(f"{name}, line {number}: {error}") from error
    return read

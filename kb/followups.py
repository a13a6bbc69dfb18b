"""Questions that only make sense after the one before: "那小孩呢？" after 心肺复苏怎么做. Pure."""

import re
from collections.abc import Sequence

from . import text

LONG = 24  # signs of a question that stands alone whatever it begins with
SHORT = range(5, 13)  # signs of one that may lean without saying so; a bare word is a subject of its own: 冰雹
LEADS = re.compile(
    r"(?:那么?(?![个边里位天年])|然后|接着|之后呢|还有|另外|如果是?|要是|万一|换成|不行的?话|没有的?话|"
    r"and\b|then\b|what about|how about|what if|or\b|also\b|but\b)"
)
POINTS = re.compile(r"(?:它|他|她|这|那|上面|刚才|前面|\b(?:it|that|this|they|them|he|she|him|her|one)\b)")
TRAILS = re.compile(r"(?:呢|咧|勒)$")
ENDS = re.compile(r"[\s?？!！。.，,~～]+$")


def contextual(question: str, history: Sequence[str]) -> str:
    """Return ``question`` with what it leans on put before it, or as it is (see ``with_earlier``)."""
    return " ".join(with_earlier(question, history))


def with_earlier(question: str, history: Sequence[str]) -> list[str]:
    """Return the questions that ``question`` leans on, and it as the last one.

    ``history``: the same person's earlier questions, the last one last. What leans on a question that itself leans
    comes with both, back to the one that stands alone.
    """
    earlier = list(history)
    parts = [question]
    while earlier and leans(parts[0]):
        parts.insert(0, earlier.pop())
    return parts


def leans(question: str) -> bool:
    """Say whether ``question`` names nothing of its own that could be looked up."""
    asked = ENDS.sub("", text.normalise(question))
    size = len(text.CHINESE.findall(asked)) + 3 * len(text.LATIN.findall(asked))
    if not size or size > LONG:
        return False
    if LEADS.match(asked):
        return True
    return not _names_a_topic(asked) and bool(size in SHORT or POINTS.search(asked) or TRAILS.search(asked))


def _names_a_topic(asked: str) -> bool:
    return any(word in asked for word in text.safety_words())

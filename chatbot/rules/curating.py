"""The questions of a curated answer: how they are written down, and when two are the same. Pure."""

import re

from .normalising import normalise

MOST = 40
LONGEST = 200
SIGNS = re.compile(r"[^\w]+")


def listed(value: str) -> list[str]:
    """Return the questions that stand one on each line, each once."""
    return list(dict.fromkeys(" ".join(line.split()) for line in value.splitlines() if line.strip()))


def are_questions(value: str) -> bool:
    """Say whether ``value`` lists 1 to MOST questions of at most LONGEST signs, each with a letter in it."""
    questions = listed(value)
    return 0 < len(questions) <= MOST and all(len(each) <= LONGEST and plain(each) for each in questions)


def plain(question: str) -> str:
    """Return the question folded and without signs and blanks: equal means the same question."""
    return SIGNS.sub("", normalise(question))


TELLING = re.compile(r"[不没无别勿未]|[0-9]+|[零〇一二两三四五六七八九十百半]|\b(?:not?|never|n't)\b")


def tells_apart(one: str, other: str) -> bool:
    """Say whether two normalised questions differ in a negation or a number, which vectors hardly notice."""
    return sorted(TELLING.findall(one)) != sorted(TELLING.findall(other))

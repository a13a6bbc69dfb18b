"""The words of an editor's rule: one group on each line, any one of whose words must be in the question."""

import re

from .normalising import normalise

BETWEEN = re.compile("[、,，|]")
MOST_GROUPS, LONGEST_WORD, SHORTEST_WORD = 5, 40, 2


def groups(written: str) -> tuple[tuple[str, ...], ...]:
    """Return the groups of words, folded as questions are."""
    lines = (tuple(normalise(word) for word in BETWEEN.split(line) if word.strip()) for line in written.splitlines())
    return tuple(line for line in lines if line)


def are_groups(written: str) -> bool:
    """Say whether ``written`` holds one to five groups of plain words of two to forty signs each."""
    found = groups(written)
    words = [word for group in found for word in group]
    return 0 < len(found) <= MOST_GROUPS and all(
        SHORTEST_WORD <= len(word) <= LONGEST_WORD and re.search(r"[^\W_]", word) for word in words
    )

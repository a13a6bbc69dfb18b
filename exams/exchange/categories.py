"""Moodle's category paths and our knowledge points."""

import re

from .reads import sayable

CONTEXT = re.compile(r"^\$\w+\$(?:/|$)")
TOP = "$course$/top"
SEPARATOR = re.compile(r"(?<!/)/(?!/)")


def point_of(category: str) -> str:
    """Return the last name of the path; empty for the top."""
    path = CONTEXT.sub("", category.strip())
    names = [name.replace("//", "/").strip() for name in SEPARATOR.split(path)]
    if names and names[0] == "top":
        names = names[1:]
    return names[-1] if names else ""


def category_of(point: str) -> str:
    """Return the path that a point is written as."""
    name = " ".join(sayable(point).split()).replace("/", "//")
    return f"{TOP}/{name}" if name else TOP


def category_for(point: str, extras) -> str:
    """Return the path a question came with, as long as it still belongs there."""
    own = extras.get("category")
    return (
        own
        if isinstance(own, str) and own.isprintable() and own == own.strip() and point_of(own) == point
        else category_of(point)
    )

"""Rules of articles: sections and steps of a body, the form of source dates and call numbers. Pure."""

import re
from datetime import date

HEADING = re.compile(r"^##\s+(.+?)\s*$", re.MULTILINE)
STEP = re.compile(r"^\d+[.)、]\s*(.+?)\s*$", re.MULTILINE)
CALLS = re.compile(r"\d{3,5}(,\d{3,5})*")
SOURCE_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def sections(body: str) -> tuple[tuple[str, str], ...]:
    """Return (heading, Markdown) of each second-level section in order; text before the first heading has none."""
    before, *rest = HEADING.split(body.replace("\r\n", "\n"))
    pairs = [("", before), *zip(rest[::2], rest[1::2], strict=True)]
    return tuple((heading, text.strip()) for heading, text in pairs if text.strip())


def steps(text: str) -> tuple[str, ...]:
    """Return the numbered lines of ``text`` without their numbers."""
    return tuple(STEP.findall(text))


def is_source_date(value: str) -> bool:
    """Say whether ``value`` is a real YYYY, YYYY-MM or YYYY-MM-DD."""
    parts = SOURCE_DATE.fullmatch(value)
    if not parts:
        return False
    try:
        date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1))
    except ValueError:
        return False
    return True


def is_calls(value: str) -> bool:
    """Say whether ``value`` is empty or telephone numbers of 3 to 5 digits with commas between them."""
    return not value or CALLS.fullmatch(value) is not None

"""Rules of articles and search words: sections and steps, the form of source dates, call numbers and synonyms. Pure."""

import re
from datetime import date

HEADING = re.compile(r"^##\s+(.+?)\s*$", re.MULTILINE)
STEP = re.compile(r"^\d+[.)、]\s*(.+?)\s*$", re.MULTILINE)
CALLS = re.compile(r"\d{3,5}(,\d{3,5})*")
TERM = re.compile(r"[^\W_]{2,20}")
TAG = re.compile(r"<[^>]*>")
MARKS = re.compile(r"^\s*(?:\d+[.)、](?!\d)|[-*+>#]+)\s*|[*_`|]{1,3}", re.MULTILINE)
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


def is_term(value: str) -> bool:
    """Say whether ``value`` is one word of 2 to 20 letters, digits or Chinese characters."""
    return TERM.fullmatch(value) is not None


def listed(value: str) -> list[str]:
    """Return the words that stand one on each line, each once."""
    return list(dict.fromkeys(" ".join(line.split()) for line in value.splitlines() if line.strip()))


def are_synonyms(value: str) -> bool:
    """Say whether ``value`` lists two words or more, each up to 40 signs with a letter or Chinese character in it."""
    words = listed(value)
    return len(words) > 1 and all(len(word) <= 40 and re.search(r"[^\W_]", word) for word in words)


def review_day(*, reviewed: date, due: date | None) -> date:
    """Return the day by which an article is to be reviewed: the one that was set, else a year after the last time."""
    if due:
        return due
    leap_day = (reviewed.month, reviewed.day) == (2, 29)
    return reviewed.replace(year=reviewed.year + 1, day=28 if leap_day else reviewed.day)


def plain(text: str) -> str:
    """Return Markdown as one line of plain text: no marks, no tags, no numbers of steps."""
    text = TAG.sub("", text)
    return " ".join(MARKS.sub("", line).strip() for line in text.splitlines() if MARKS.sub("", line).strip())

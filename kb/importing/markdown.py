"""Markdown and plain text; a YAML head is read as our own articles have it."""

import re

import yaml

from core.sheets.faults import Unreadable
from core.sheets.texts import decoded

from .blocks import Kind, Reading, table

HEAD = re.compile(r"\A---\r?\n(.*?)\r?\n---\r?\n", re.DOTALL)
HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
ROW = re.compile(r"^\s*\|(.+)\|\s*$")
RULE = re.compile(r"^\s*\|?[\s:|-]+\|?\s*$")
PICTURE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
LONGEST_HEAD = 20_000
FIELDS = (
    "title",
    "topic",
    "source",
    "source_clause",
    "source_date",
    "source_url",
    "calls",
    "danger",
    "audience",
    "english",
)


def read(data: bytes) -> Reading:
    """Return the blocks of a text.

    :raises Unreadable: it is no text, or too long.
    """
    text = decoded(data)
    reading = Reading()
    if match := HEAD.match(text):
        reading.head = _head(match[1])
        text = text[match.end() :]
    rows: list[list[str]] = []
    for number, line in enumerate([*text.splitlines(), ""], 1):
        place = str(number)
        line, pictures = PICTURE.subn(r"\1", line)
        if pictures:
            reading.lose("pictures", pictures, place)
        line = LINK.sub(r"\1", line)
        if match := ROW.match(line):
            rows += [] if RULE.match(line) else [[cell.strip() for cell in match[1].split("|")]]
            continue
        if rows:
            reading.add(Kind.TABLE, table(rows), place)
            rows = []
        if match := HEADING.match(line):
            reading.add(Kind.TITLE if len(match[1]) == 1 else Kind.HEADING, match[2], place)
        elif line.strip():
            reading.line(line.lstrip("> "), place)
    return reading


def _head(head: str) -> dict:
    """Return the fields of a YAML head that an article has.

    :raises Unreadable: it is no YAML, or brings aliases, which may grow without end.
    """
    if len(head) > LONGEST_HEAD or re.search(r"(?m)[:\-]\s*[&*]\w", head):
        raise Unreadable("head")
    try:
        fields = yaml.safe_load(head)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Unreadable("head") from error
    if not isinstance(fields, dict):
        raise Unreadable("head")
    kept = {name: fields[name] for name in FIELDS if name in fields}
    if "calls" in kept and isinstance(kept["calls"], list):
        kept["calls"] = ",".join(map(str, kept["calls"]))
    kept = {name: value if isinstance(value, bool | list) else str(value) for name, value in kept.items()}
    questions = fields.get("questions")
    return {**kept, "questions": [str(one) for one in questions]} if isinstance(questions, list) else kept

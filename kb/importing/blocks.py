"""What every reader turns its file into: blocks in their order, and what it could not read."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from core.sheets.faults import Unreadable

MOST_CHARACTERS = 2_000_000
MOST_BLOCKS = 20_000
STEP = re.compile(
    r"^\s*(?:\d{1,2}\s*[.．、)）]|[(（]\d{1,2}[)）]|第[一二三四五六七八九十]+步[:：、，]?|[①-⑳])(?!\d)\s*"
)
BULLET = re.compile(r"^\s*[-*•·●○■◆▪➢✓–—]\s+|^\s*[•●■◆▪➢✓·]\s*")
CHAPTER = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百\d]+[章节]|[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十]{1,3}[)）])\s*(?=\S)"
)
LONGEST_HEADING = 40
ENDS = "。！？；;!?，,："


class Kind(StrEnum):
    """What a block is."""

    TITLE = "title"
    HEADING = "heading"
    STEP = "step"
    BULLET = "bullet"
    TEXT = "text"
    TABLE = "table"


@dataclass(frozen=True)
class Block:
    """A paragraph, or a table as Markdown; ``place`` is where in the file it stands, as people look for it."""

    kind: Kind
    text: str
    place: str = ""


@dataclass(frozen=True)
class Lost:
    """Something that was not read: a code, how often, and where first."""

    code: str
    count: int = 1
    place: str = ""


@dataclass
class Reading:
    """What a reader found; ``head`` holds the fields that the file itself says."""

    blocks: list[Block] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    head: dict = field(default_factory=dict)

    def add(self, kind: Kind, text: str, place: str = "") -> None:
        """Append a block unless it is empty.

        :raises Unreadable: the file holds more than any text of ours.
        """
        text = text.replace("\0", "").strip() if kind is Kind.TABLE else " ".join(text.replace("\0", "").split())
        if not text:
            return
        self.blocks.append(Block(kind, text, place))
        self.size = getattr(self, "size", 0) + len(text)
        if len(self.blocks) > MOST_BLOCKS or self.size > MOST_CHARACTERS:
            raise Unreadable("too_long")

    def lose(self, code: str, count: int = 1, place: str = "") -> None:
        """Note that something could not be read; the same again only counts."""
        for at, one in enumerate(self.lost):
            if one.code == code:
                self.lost[at] = Lost(code, one.count + count, one.place)
                return
        self.lost.append(Lost(code, count, place))

    def line(self, text: str, place: str = "", *, bold: bool = False) -> None:
        """Append a line of plain text as what its beginning says it is."""
        text = " ".join(text.split())
        if match := STEP.match(text):
            self.add(Kind.STEP, text[match.end() :], place)
        elif match := BULLET.match(text):
            self.add(Kind.BULLET, text[match.end() :], place)
        elif is_heading(text, bold=bold):
            self.add(Kind.HEADING, CHAPTER.sub("", text), place)
        else:
            self.add(Kind.TEXT, text, place)


def is_heading(text: str, *, bold: bool = False) -> bool:
    """Say whether a line is short, ends like no sentence, and is numbered like a chapter or all bold."""
    short = 0 < len(text) <= LONGEST_HEADING and text[-1] not in ENDS
    return short and bool(bold or CHAPTER.match(text))


def table(rows: list[list[str]]) -> str:
    """Return rows as a Markdown table, the first as its head; a table of one column as lines."""
    rows = [[" ".join(cell.split()).replace("|", "｜") for cell in row] for row in rows]
    rows = [row for row in rows if any(row)]
    if not rows:
        return ""
    width = max(map(len, rows))
    if width == 1:
        return "\n\n".join(row[0] for row in rows)
    full = [[*row, *[""] * (width - len(row))] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in full]
    return "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])

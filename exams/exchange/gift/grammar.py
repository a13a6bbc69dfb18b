"""GIFT as signs: escapes, the places where a text is cut, and the blocks that a file falls into."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

ESCAPE = re.compile(r"\\[~=#{}:\\n]")
SPECIAL = re.compile(r"[~=#{}:\\]")
BREAK = re.compile(r"\r\n|\r|\n")
COMMENT = "//"
CATEGORY = "$CATEGORY:"


@dataclass
class Block:
    """What stands between two blank lines: comments, and the lines of one question."""

    first: int
    last: int
    raw: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The lines of the question."""
        return "\n".join(self.lines).strip()


def masked(text: str) -> str:
    """Return a text of the same length in which no escaped sign can be found."""
    return ESCAPE.sub("\0\0", text)


def unescaped(text: str) -> str:
    """Return what an escaped text says, without the space around it."""
    return ESCAPE.sub(lambda found: "\n" if found[0] == "\\n" else found[0][1], text.strip())


def escaped(text: str) -> str:
    """Return a text as it must stand in a file, on one line."""
    return BREAK.sub(r"\\n", SPECIAL.sub(lambda found: "\\" + found[0], text))


def cut(text: str, signs: str) -> list[tuple[str, str]]:
    """Return the pieces of a text, each with the sign it begins with; the first one's sign may be empty."""
    pieces, start, sign = [], 0, ""
    for found in re.finditer(f"[{signs}]", masked(text)):
        pieces.append((sign, text[start : found.start()]))
        start, sign = found.end(), found[0]
    pieces.append((sign, text[start:]))
    return pieces if pieces[0][1].strip() else pieces[1:]


def parted(text: str, sign: str, *, last: bool = False) -> tuple[str, str | None]:
    """Return what stands before and behind the first (or last) unescaped ``sign``; None where there is none."""
    mask = masked(text)
    place = mask.rfind(sign) if last else mask.find(sign)
    return (text, None) if place < 0 else (text[:place], text[place + len(sign) :])


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a file; a blank line inside of braces, where the next lines close them, ends none."""
    block: Block | None = None
    lines = BREAK.split(text)
    for number, line in enumerate(lines, 1):
        stripped = line.strip()
        if not stripped:
            if block and not (_is_open(block) and _closes(lines, number)):
                yield block
                block = None
            elif block:
                block.raw.append(line)
                block.lines.append("")
            continue
        block = block or Block(number, number)
        block.last = number
        block.raw.append(line)
        if stripped.startswith(COMMENT):
            block.comments.append(stripped[len(COMMENT) :].strip())
        else:
            block.lines.append(stripped)
    if block:
        yield block


def _is_open(block: Block) -> bool:
    mask = masked("\n".join(block.lines))
    return mask.rfind("{") > mask.rfind("}")


def _closes(lines: list[str], number: int) -> bool:
    """Say whether the lines from ``number`` on close a brace before another is opened."""
    for line in lines[number : number + 200]:
        if line.strip().startswith(COMMENT):
            continue
        mask = masked(line)
        opens, closes = mask.find("{"), mask.find("}")
        if closes >= 0:
            return not 0 <= opens < closes
        if opens >= 0 or mask.strip().startswith(("::", CATEGORY)):
            return False
    return False

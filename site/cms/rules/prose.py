"""Cut Markdown into the pieces a page is edited in: prose, tables, warnings. Pure.

Wagtail's rich text editor knows no tables, so a table inside rich text would be lost at the first edit.
"""

import re
from dataclasses import dataclass

from core import markdown

TABLE, WARNING, TEXT = "table", "warning", "text"
RULER = re.compile(r"^\|[\s:|-]+\|$")


@dataclass(frozen=True)
class Piece:
    """``kind`` is text, table or warning; ``text`` is Markdown, rows of cells parted by |, or plain words."""

    kind: str
    text: str


def blocks(source: str) -> list[tuple[str, str]]:
    """Return ``source`` as StreamField blocks: kind and value, prose as clean HTML."""
    return [(piece.kind, markdown.render(piece.text) if piece.kind == TEXT else piece.text) for piece in split(source)]


def split(source: str) -> list[Piece]:
    """Return the pieces of ``source`` in order; neighbouring prose stays together."""
    pieces: list[Piece] = []
    for chunk in re.split(r"\n\s*\n", source.strip()):
        piece = _piece(chunk)
        if piece.kind == TEXT and pieces and pieces[-1].kind == TEXT:
            piece = Piece(TEXT, f"{pieces.pop().text}\n\n{piece.text}")
        pieces.append(piece)
    return pieces


def _piece(chunk: str) -> Piece:
    lines = chunk.split("\n")
    if all(line.startswith("|") for line in lines):
        return Piece(TABLE, "\n".join(line.strip().strip("|").strip() for line in lines if not RULER.match(line)))
    if all(line.startswith(">") for line in lines):
        return Piece(WARNING, "\n".join(line.lstrip("> ") for line in lines))
    return Piece(TEXT, chunk)

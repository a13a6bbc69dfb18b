"""An answer cut into the pieces in which it is shown."""

import re

PIECE = re.compile(r"[^\n。！？；]*[。！？；\n]+|[^\n。！？；]+")


def pieces(text: str) -> list[str]:
    """Return the text by sentences and lines; put together they are the text again."""
    return PIECE.findall(text)


def pieces_from(text: str, have: int) -> list[tuple[int, str]]:
    """Return (where it begins, piece) of what is missing to who has ``have`` characters; all where that is nonsense."""
    start = have if 0 <= have <= len(text) else 0
    found = []
    for piece in pieces(text[start:]):
        found.append((start, piece))
        start += len(piece)
    return found

"""An answer cut into the pieces in which it is shown."""

import re

PIECE = re.compile(r"[^\n。！？；]*[。！？；\n]+|[^\n。！？；]+")


def pieces(text: str) -> list[str]:
    """Return the text by sentences and lines; put together they are the text again."""
    return PIECE.findall(text)

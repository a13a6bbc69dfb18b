"""PDF with text in it: lines are joined to paragraphs; pages that are only pictures are said."""

import io
import logging
import re
from collections import Counter

from core.sheets.faults import Unreadable

from .blocks import BULLET, CHAPTER, ENDS, STEP, Reading

MAX_PAGES = 300
FEWEST_CHARACTERS = 20  # a page with less has no text of its own
PAGE_NUMBER = re.compile(r"^[-—–\s第]*\d{1,4}\s*(?:/\s*\d{1,4})?[-—–\s页]*$")
SHORT_OF_FULL = 0.75  # a line so much shorter than most ends its paragraph


def read(data: bytes) -> Reading:
    """Return the blocks of a PDF.

    :raises Unreadable: it is damaged, locked, a scan without text, or too long.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        file = PdfReader(io.BytesIO(data))
        if file.is_encrypted and not file.decrypt(""):
            raise Unreadable("locked")
        if len(file.pages) > MAX_PAGES:
            raise Unreadable("too_long")
        pages = [page.extract_text() or "" for page in file.pages]
    except Unreadable:
        raise
    except (FileNotDecryptedError, DependencyError) as error:
        raise Unreadable("locked") from error
    except Exception as error:  # whatever pypdf stumbles over
        raise Unreadable("damaged") from error
    return _reading(pages)


def _reading(pages: list[str]) -> Reading:
    reading = Reading()
    empty = [number for number, page in enumerate(pages, 1) if len("".join(page.split())) < FEWEST_CHARACTERS]
    if len(empty) == len(pages):
        raise Unreadable("scanned")
    for number in empty:
        reading.lose("pages", 1, str(number))
    lines = [(number, line.strip()) for number, page in enumerate(pages, 1) for line in page.splitlines()]
    running = _running_heads(lines, len(pages))
    kept = [(number, line) for number, line in lines if line and line not in running and not PAGE_NUMBER.match(line)]
    for number, paragraph in _paragraphs(kept):
        reading.line(paragraph, f"p. {number}")
    return reading


def _running_heads(lines: list[tuple[int, str]], pages: int) -> set[str]:
    """Return the lines that stand on more than half of three or more pages."""
    count = Counter(line for _number, line in set(lines))
    return {line for line, times in count.items() if pages >= 3 and times > pages / 2}


def _paragraphs(lines: list[tuple[int, str]]):
    """Yield (page, paragraph); a line goes on in the next unless it ends a sentence or that begins anew."""
    widths = sorted(len(line) for _number, line in lines)
    full = widths[int(len(widths) * 0.9)] if widths else 0
    held: tuple[int, str] | None = None
    for number, line in lines:
        anew = STEP.match(line) or BULLET.match(line) or CHAPTER.match(line)
        if held and not anew and not _ended(held[1], full):
            gap = " " if held[1][-1].isascii() and line[0].isascii() else ""
            held = (held[0], held[1] + gap + line)
            continue
        if held:
            yield held
        held = (number, line)
    if held:
        yield held


def _ended(paragraph: str, full: int) -> bool:
    last = len(paragraph) % full if full and len(paragraph) > full else len(paragraph)
    return paragraph[-1] in "。！？；!?;：:" or (last < SHORT_OF_FULL * full and paragraph[-1] not in ENDS)

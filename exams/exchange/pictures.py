"""Pictures and films of stems on their way in and out: names, kinds, and files written into the HTML itself."""

import base64
import binascii
import mimetypes
import re
from collections.abc import Sequence

from exams.rules.items import Medium
from exams.rules.media import ENDINGS, BadMedium, type_of

INLINE = re.compile(r"data:([\w/+.-]{1,60});base64,([A-Za-z0-9+/=\s]+)")
SAFE_NAME = re.compile(r"[A-Za-z0-9_-][\w.-]{0,80}", re.ASCII)
FILM = "video/"


def medium(name: str, content: bytes, alt: str) -> Medium:
    """Return a file as a medium; what it is, its first bytes say, else its name."""
    try:
        kind = type_of(content)
    except BadMedium:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Medium(name, kind, content, alt)


def names_of(media: Sequence[Medium]) -> list[str]:
    """Return a file name for each, different ones, safe in any archive and address."""
    names: list[str] = []
    for place, one in enumerate(media, 1):
        good = SAFE_NAME.fullmatch(one.name) and one.name not in names
        names.append(one.name if good else f"medium-{place}{ENDINGS.get(one.content_type, '.bin')}")
    return names


def inline(one: Medium) -> str:
    """Return a medium as an address that holds it."""
    return f"data:{one.content_type};base64,{base64.b64encode(one.content).decode()}"


def lifted(html: str) -> tuple[str, dict[str, bytes]]:
    """Return HTML with the files written into it taken out, and those by the names put in their place."""
    files: dict[str, bytes] = {}

    def lift(found: re.Match) -> str:
        try:
            content = base64.b64decode("".join(found[2].split()), validate=True)
        except (binascii.Error, ValueError):
            return "data:,"
        name = f"inline-{len(files) + 1}{ENDINGS.get(found[1], '.bin')}"
        files[name] = content
        return f"@@PLUGINFILE@@/{name}"

    return INLINE.sub(lift, html), files

"""Pictures and films of stems: what a file is by its first bytes, and whether it may be stored. Pure."""

import struct
import zlib
from io import BytesIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

MOST_PICTURE_BYTES = 2 * 1024 * 1024
MOST_FILM_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 6_000_000  # WebP keeps three canvases: below 100 MB (accounts.rules.photo)
LONGEST_EDGE = 1600
MP4 = "video/mp4"
TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", MP4: ".mp4"}
BRANDS = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash"}
QUALITY = 88
DECOMPRESSION_BOMB = Image.DecompressionBombError
BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
)


class BadMedium(ValueError):
    """The file cannot stand in a stem; the argument says why, in words."""


def type_of(content: bytes) -> str:
    """Return the content type by the first bytes, whatever the file is called.

    :raises BadMedium: neither JPEG, PNG, WebP nor MP4.
    """
    if content.startswith(b"\xff\xd8\xff"):
        return TYPES["JPEG"]
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return TYPES["PNG"]
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return TYPES["WEBP"]
    if content[4:8] == b"ftyp" and content[8:12] in BRANDS:
        return MP4
    raise BadMedium(_("Pictures are JPEG, PNG or WebP, films MP4."))


def checked(content: bytes) -> str:
    """Return the content type of a file that may be stored as it is.

    :raises BadMedium: of another kind, too large, or no picture behind its first bytes.
    """
    kind = type_of(content)
    if kind == MP4:
        if len(content) > MOST_FILM_BYTES:
            raise BadMedium(_("A film has at most 20 MB."))
        return kind
    if len(content) > MOST_PICTURE_BYTES:
        raise BadMedium(_("A picture has at most 2 MB."))
    _opened(content).close()
    return kind


def redrawn(content: bytes) -> tuple[str, bytes]:
    """Return an uploaded picture upright, at most 1600 px wide or high, with nothing else of the file; a film as it is.

    :raises BadMedium: as ``checked``, or it cannot be drawn.
    """
    kind = checked(content)
    if kind == MP4:
        return kind, content
    try:
        with _opened(content) as image:
            return kind, _written(image, image.format)
    except BROKEN as error:
        raise BadMedium(_("The picture is broken.")) from error


def _opened(content: bytes) -> Image.Image:
    """Read the header alone: pixels are counted before one is decoded."""
    try:
        image = Image.open(BytesIO(content), formats=list(TYPES))
    except BROKEN as error:
        raise BadMedium(_("The picture is broken.")) from error
    if image.width * image.height > MOST_PIXELS:
        raise BadMedium(_("The picture has too many pixels."))
    return image


def _written(image: Image.Image, name: str) -> bytes:
    image.thumbnail((LONGEST_EDGE, LONGEST_EDGE), reducing_gap=2.0)
    drawn = ImageOps.exif_transpose(image)
    plain = "RGBA" if name != "JPEG" and (drawn.mode in ("RGBA", "LA", "PA") or "transparency" in drawn.info) else "RGB"
    drawn = drawn.convert(plain)
    drawn.info = {}
    out = BytesIO()
    drawn.save(out, name, quality=QUALITY, optimize=True)
    return out.getvalue()

"""Photos and signatures of a practical exam. Pure: bytes in, bytes out.

What comes in is hostile until shown otherwise, as ``accounts.rules.photo`` says; what goes out is drawn anew, so that
neither place nor time nor anything else of the old file remains but the picture.
"""

import base64
import binascii
import struct
import zlib
from io import BytesIO

from PIL import Image, ImageChops, ImageOps

from accounts.rules.photo import MOST_PIXELS, NotAPhoto, kind_of

MOST_BYTES = 5 * 1024 * 1024
EDGE = 1600
QUALITY = 82
PNG_URL = "data:image/png;base64,"
MOST_SIGNATURE_BYTES = 200 * 1024
SIGNATURE_EDGES = (2400, 1000)
LEAST_INK = 60  # pixels; a tap is no signature
BROKEN = (OSError, ValueError, SyntaxError, EOFError, IndexError, struct.error, zlib.error)


class NotASignature(ValueError):
    """Nothing was drawn, or what came is no picture of it."""


def evidence(data: bytes) -> bytes:
    """Return the picture upright, its longer edge at most 1600 pixels, as JPEG without metadata.

    :raises NotAPhoto: larger than 5 MB, of another kind than JPEG, PNG or WebP, of too many pixels, or broken.
    """
    if len(data) > MOST_BYTES:
        raise NotAPhoto("bytes")
    kind = kind_of(data)
    try:
        with Image.open(BytesIO(data), formats=[kind]) as image:
            if image.width * image.height > MOST_PIXELS["progressive" if image.info.get("progressive") else kind]:
                raise NotAPhoto("pixels")
            return _written(_small(image))
    except Image.DecompressionBombError as error:
        raise NotAPhoto("pixels") from error
    except NotAPhoto:
        raise
    except BROKEN as error:
        raise NotAPhoto("broken") from error


def _small(image: Image.Image) -> Image.Image:
    if image.mode not in ("RGB", "L", "CMYK", "RGBA"):
        image = image.convert("RGBA")
    image.thumbnail((EDGE, EDGE), reducing_gap=2.0)
    return _on_white(ImageOps.exif_transpose(image))


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode == "RGBA":
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    return image.convert("RGB")


def _written(image: Image.Image) -> bytes:
    image.info = {}  # Pillow copies a JPEG's comment from here
    out = BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def signature(url: str) -> bytes:
    """Return what was drawn on the screen as a grey PNG; ``url`` is the canvas's ``data:image/png;base64,…``.

    :raises NotASignature: too large, no PNG, or hardly anything drawn.
    """
    if not url.startswith(PNG_URL) or len(url) > MOST_SIGNATURE_BYTES * 4 // 3 + len(PNG_URL) + 4:
        raise NotASignature
    try:
        data = base64.b64decode(url[len(PNG_URL) :], validate=True)
        if not data or kind_of(data) != "PNG":
            raise NotASignature
        with Image.open(BytesIO(data), formats=["PNG"]) as image:
            if image.width > SIGNATURE_EDGES[0] or image.height > SIGNATURE_EDGES[1]:
                raise NotASignature
            grey = _on_white(image.convert("RGBA")).convert("L")
    except NotASignature:
        raise
    except (*BROKEN, binascii.Error, Image.DecompressionBombError) as error:
        raise NotASignature from error
    ink = ImageChops.invert(grey).point(lambda value: 255 if value > 96 else 0)
    if ink.histogram()[255] < LEAST_INK:
        raise NotASignature
    out = BytesIO()
    grey.crop(ink.getbbox()).save(out, "PNG", optimize=True)
    return out.getvalue()

"""The photo of admission slip and certificate. Pure: bytes in, bytes out.

The certificate asks for 295 × 413 px (one inch at 300 dpi) as JPEG of at most 100 KB.
What comes in is hostile until shown otherwise: its kind is read from its first bytes, its size from its header before a
pixel is decoded, and what goes out is drawn anew, so that nothing of the old file remains but the picture.
"""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageOps

WIDTH, HEIGHT = 295, 413
MOST_BYTES_OUT = 100 * 1024
MOST_BYTES_IN = 10 * 1024 * 1024
# What each kind may hold so that reading it takes less than 100 MB (measured in the tests): a baseline JPEG is decoded
# at an eighth of its size, a progressive one keeps all coefficients, WebP keeps three canvases.
MOST_PIXELS = {"JPEG": 64_000_000, "progressive": 12_000_000, "PNG": 9_000_000, "WEBP": 6_000_000}
WORKING_EDGE = 1600
UPPER_THIRD = (0.5, 1 / 3)  # of what is cut off, a third above: heads are near the top
QUALITIES = (92, 85, 78, 70, 60, 50, 40, 30)
FORMATS = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG"}


class NotAPhoto(ValueError):
    """The file cannot become a photo; ``reason`` is one of bytes, kind, pixels, small, broken."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def portrait(data: bytes) -> bytes:
    """Return the picture upright, cut to 295 × 413, as JPEG of at most 100 KB without metadata.

    :raises NotAPhoto: too large, too small, of another kind, or broken.
    """
    if len(data) > MOST_BYTES_IN:
        raise NotAPhoto("bytes")
    kind = kind_of(data)
    try:
        with Image.open(BytesIO(data), formats=[kind]) as image:
            _check_size(image)
            return _written(_drawn(image))
    except Image.DecompressionBombError as error:
        raise NotAPhoto("pixels") from error
    except NotAPhoto:
        raise
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, struct.error, zlib.error) as error:
        raise NotAPhoto("broken") from error


def kind_of(data: bytes) -> str:
    """Return JPEG, PNG or WEBP by the first bytes, whatever the file is called.

    :raises NotAPhoto: it is none of them.
    """
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    for magic, kind in FORMATS.items():
        if data.startswith(magic):
            return kind
    raise NotAPhoto("kind")


def _check_size(image: Image.Image) -> None:
    kind = "progressive" if image.info.get("progressive") else image.format
    if image.width * image.height > MOST_PIXELS[kind]:
        raise NotAPhoto("pixels")
    if min(image.size) < WIDTH or max(image.size) < HEIGHT:
        raise NotAPhoto("small")


def _drawn(image: Image.Image) -> Image.Image:
    """Shrink first, then turn and cut the small copy: the full picture is never in memory twice."""
    if image.mode not in ("RGB", "L", "CMYK", "RGBA"):
        image = image.convert("RGBA")
    image.thumbnail((WORKING_EDGE, WORKING_EDGE), reducing_gap=2.0)
    image = ImageOps.exif_transpose(image)
    if image.mode == "RGBA":
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image)
    return ImageOps.fit(image.convert("RGB"), (WIDTH, HEIGHT), Image.Resampling.LANCZOS, centering=UPPER_THIRD)


def _written(image: Image.Image) -> bytes:
    image.info = {}  # Pillow copies a JPEG's comment from here
    for quality in QUALITIES:
        out = BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True, dpi=(300, 300))
        if out.tell() <= MOST_BYTES_OUT:
            return out.getvalue()
    raise NotAPhoto("bytes")

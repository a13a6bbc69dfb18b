"""What may be handed in as a document: a picture or a PDF, told by its first bytes. Pure: bytes in, kind out."""

from io import BytesIO

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
PDF = "application/pdf"
PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG"}
SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", PDF: ".pdf"}
MAGIC = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"%PDF-": PDF}


class NotADocument(ValueError):
    """The file cannot be taken; ``reason`` is one of bytes, kind, pixels, broken."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def content_type_of(data: bytes) -> str:
    """Return the content type of a document, whatever the file is called.

    Of a picture only the header is read: its size is known before a pixel is decoded.

    :raises NotADocument: too large, of another kind, or broken.
    """
    if len(data) > MOST_BYTES:
        raise NotADocument("bytes")
    kind = next((kind for magic, kind in MAGIC.items() if data.startswith(magic)), None)
    if kind is None:
        raise NotADocument("kind")
    if kind == PDF:
        if b"%%EOF" not in data[-2048:]:
            raise NotADocument("broken")
    elif _pixels(data, PICTURES[kind]) > MOST_PIXELS:
        raise NotADocument("pixels")
    return kind


def _pixels(data: bytes, kind: str) -> int:
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=[kind]) as image:
            return image.width * image.height
    except Image.DecompressionBombError as error:
        raise NotADocument("pixels") from error
    except (OSError, ValueError, SyntaxError) as error:
        raise NotADocument("broken") from error

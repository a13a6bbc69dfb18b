"""Send a film in the byte ranges players ask for; iPhones play nothing without them (RFC 9110, section 14)."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.http import FileResponse, HttpResponse, StreamingHttpResponse

CHUNK = 64 * 1024
ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """Return first and last byte of the one range asked for, or None where the whole file is the answer.

    :raises ValueError: the range lies outside the file.
    """
    match = ONE_RANGE.fullmatch(header.strip())
    if not match or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if first == "":
        start, end = max(size - int(last), 0), size - 1
    else:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
    if start > end:
        raise ValueError(header)
    return start, end


def respond(*, file: BinaryIO, size: int, header: str):
    """Return the response to a request for an MP4 with this Range header."""
    try:
        wanted = byte_range(header, size)
    except ValueError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if wanted is None:
        response = FileResponse(file, content_type="video/mp4")
        response["Content-Length"] = size
    else:
        start, end = wanted
        response = StreamingHttpResponse(_part(file, start, end), status=206, content_type="video/mp4")
        response["Content-Range"] = f"bytes {start}-{end}/{size}"
        response["Content-Length"] = end - start + 1
    response["Accept-Ranges"] = "bytes"
    return response


def _part(file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        left = end - start + 1
        while left and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk

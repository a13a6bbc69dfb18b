"""Pictures and films of stems, for those who may see them."""

import re

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from exams.queries.media import medium_for

RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@require_GET
def medium(request, medium_id: int):
    """Serve one file, or 404; a film by pieces, since Safari plays none that it cannot ask for in pieces."""
    found = medium_for(medium_id, user=request.user, person=getattr(request, "person", None))
    if found is None:
        raise Http404
    with found.file.open("rb") as file:
        content = file.read()
    response = _piece(content, request.headers.get("Range", "")) or HttpResponse(content)
    response["Content-Type"] = found.content_type
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = "inline"
    return response


def _piece(content: bytes, asked: str) -> HttpResponse | None:
    """Return the piece that is asked for (RFC 9110, 14.2: one range alone), None where all is meant."""
    said = RANGE.fullmatch(asked.strip())
    if not said or said.groups() == ("", ""):
        return None
    first, last = said.groups()
    start = int(first) if first else max(0, len(content) - int(last))
    end = min(int(last), len(content) - 1) if first and last else len(content) - 1
    if start > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(content)}"})
    headers = {"Content-Range": f"bytes {start}-{end}/{len(content)}"}
    return HttpResponse(content[start : end + 1], status=206, headers=headers)

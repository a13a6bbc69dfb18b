"""A large file goes out in pieces under ASGI, and is closed."""

import io
import warnings

import pytest
from django.http import FileResponse, HttpResponse
from django.test import AsyncRequestFactory, RequestFactory

from core.middleware import PIECES_AT_ONCE, streaming

CONTENT = bytes(range(256)) * 4096  # 1 MiB
PART = PIECES_AT_ONCE * FileResponse.block_size


@pytest.mark.asyncio
async def test_under_asgi_a_file_is_read_in_pieces_and_closed():
    file = io.BytesIO(CONTENT)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        response = streaming(lambda _request: FileResponse(file))(AsyncRequestFactory().get("/"))
        parts = [part async for part in response]
    assert [len(part) for part in parts] == [PART] * (len(CONTENT) // PART)
    assert b"".join(parts) == CONTENT
    response.close()
    assert file.closed


def test_under_wsgi_and_for_whole_pages_nothing_changes():
    response = streaming(lambda _request: FileResponse(io.BytesIO(CONTENT)))(RequestFactory().get("/"))
    assert (response.is_async, response.getvalue()) == (False, CONTENT)
    assert streaming(lambda _request: HttpResponse("page"))(AsyncRequestFactory().get("/")).content == b"page"

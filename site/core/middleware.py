"""What every request passes: the clock, read once at the edge; files sent piece by piece."""

from collections.abc import AsyncIterator, Iterator
from itertools import islice

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.utils import timezone

PIECES_AT_ONCE = 64  # of 4 KB in Django's file responses: most static files go out in one step


def clock(get_response):
    """Set ``request.now`` (aware, UTC): the one time that everything in this request uses."""

    def middleware(request):
        request.now = timezone.now()
        return get_response(request)

    return middleware


def streaming(get_response):
    """Send streamed responses piece by piece under ASGI, where Django would read a whole film into memory first."""

    def middleware(request):
        response = get_response(request)
        if isinstance(request, ASGIRequest) and response.streaming and not response.is_async:
            response.streaming_content = _read_in_threads(iter(response.streaming_content))
        return response

    return middleware


async def _read_in_threads(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    @sync_to_async(thread_sensitive=False)
    def read() -> bytes:
        return b"".join(islice(pieces, PIECES_AT_ONCE))

    while part := await read():
        yield part

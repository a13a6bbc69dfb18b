"""The clock, read once per request at the edge."""

from django.utils import timezone


def clock(get_response):
    """Set ``request.now`` (aware, UTC): the one time that everything in this request uses."""

    def middleware(request):
        request.now = timezone.now()
        return get_response(request)

    return middleware

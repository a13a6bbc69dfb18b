"""Who is asking, as a real-name person; how long a session lasts; what staff must prove."""

from django.utils.functional import SimpleLazyObject

from .queries import person_of


def person(get_response):
    """Set ``request.person`` (lazily): the Person of the logged-in user, falsy when there is none."""

    def middleware(request):
        request.person = SimpleLazyObject(lambda: person_of(request.user))
        return get_response(request)

    return middleware


def session_limits(get_response):
    return get_response


def second_factor(get_response):
    return get_response

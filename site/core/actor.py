"""Who acts, and from where: set once at the edge (a request, a task, a command), read where a change is recorded."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """``pk`` is the user's, None for the system itself; ``address`` is the client's network address."""

    pk: int | None
    name: str
    address: str = ""


SYSTEM = Actor(None, "system")
_current: ContextVar[Callable[[], Actor]] = ContextVar("actor")


def current(by=None) -> Actor:
    """Return who acts now; the user ``by``, where an action names one, from where the request comes."""
    here = _current.get(lambda: SYSTEM)()
    return here if by is None or by.pk == here.pk else Actor(by.pk, by.get_username(), here.address)


@contextmanager
def acting(who: Callable[[], Actor]) -> Iterator[None]:
    """Let ``who`` (asked only when something is recorded) be the actor inside the block."""
    token = _current.set(who)
    try:
        yield
    finally:
        _current.reset(token)


def middleware(get_response):
    """Let the request's user, or ``request.actor`` where one is set, be the actor of all that the request changes."""
    from .addresses import address_of_request

    def handle(request):
        def who() -> Actor:
            if hasattr(request, "actor"):
                return request.actor
            user = getattr(request, "user", None)
            known = user is not None and user.is_authenticated
            return Actor(user.pk if known else None, user.get_username() if known else "", address_of_request(request))

        with acting(who):
            return get_response(request)

    return handle

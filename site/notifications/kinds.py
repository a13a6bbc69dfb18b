"""The kinds of notices that the rooms declare."""

from functools import cache
from importlib import import_module

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from core.telling import Kind


class UnknownKind(LookupError):
    """No module of ``NOTICE_KINDS`` declares a kind of this name."""


def kinds() -> dict[str, Kind]:
    """Return every kind by its name, in the order of the modules that ``NOTICE_KINDS`` names."""
    return _declared(tuple(settings.NOTICE_KINDS))


def kind_called(name: str) -> Kind:
    """Return one kind.

    :raises UnknownKind: there is none.
    """
    try:
        return kinds()[name]
    except KeyError as error:
        raise UnknownKind(name) from error


def title_of(name: str) -> str:
    """Return the title of a kind; of one that is no longer declared its name."""
    kind = kinds().get(name)
    return str(kind.title) if kind else name


@cache
def _declared(modules: tuple[str, ...]) -> dict[str, Kind]:
    found: dict[str, Kind] = {}
    for module in modules:
        for kind in import_module(module).KINDS:
            if found.setdefault(kind.name, kind) is not kind:
                raise ImproperlyConfigured(f"two kinds of notices are called {kind.name}")
    return found

"""The editors' triage rules in use, kept in the process and read again when one was changed."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DatabaseError
from django.db.models import Count, Max

from chatbot.models import TriageRule
from chatbot.rules.triage import Rule

_tried: ContextVar[tuple[Rule, ...] | None] = ContextVar("tried_rules", default=None)
logger = logging.getLogger(__name__)


def in_use() -> tuple[Rule, ...]:
    """Return the rules in use, by name (one query, two when one was changed).

    Where the database cannot be asked, the last that were read: whoever is in danger is told all the same.
    """
    if (tried := _tried.get()) is not None:
        return tried
    try:
        return _kept.rules()
    except DatabaseError as error:
        logger.error("no triage rules: %s", type(error).__name__)
        return _kept.last


@contextmanager
def trying(rules: tuple[Rule, ...]) -> Iterator[None]:
    """Let everything in this thread go by ``rules``: to see what a change would do."""
    token = _tried.set(rules)
    try:
        yield
    finally:
        _tried.reset(token)


def read() -> list[TriageRule]:
    """Return the rows in use, by name (one query)."""
    return list(TriageRule.objects.filter(active=True))


class _Kept:
    def __init__(self):
        self.last: tuple[Rule, ...] = ()
        self._stamp = None
        self._reading = threading.Lock()

    def rules(self) -> tuple[Rule, ...]:
        stamp = TriageRule.objects.filter(active=True).aggregate(count=Count("pk"), latest=Max("changed_at"))
        with self._reading:
            if stamp != self._stamp:
                self.last = tuple(row.rule for row in read())
                self._stamp = stamp
            return self.last

    def forget(self) -> None:
        """Drop what is kept, as a new process would."""
        self.last, self._stamp = (), None


_kept = _Kept()

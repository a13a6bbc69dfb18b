"""Public warnings in force: a port. WARNINGS names a callable from a moment to warnings; there is none by default."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Warning:
    """One public alert (CAP 1.2): ``level`` is the colour, ``hazard`` a topic of the knowledge base or a word: 暴雨."""

    title: str
    level: str
    area: str
    hazard: str
    starts: datetime
    until: datetime
    url: str = ""

    def is_in_force(self, now: datetime) -> bool:
        """Say whether it holds at ``now``."""
        return self.starts <= now <= self.until

    def concerns(self, *, text: str, topics: Sequence[str], titles: Sequence[str]) -> bool:
        """Say whether a question, or the articles shown for it, is about the hazard."""
        return self.hazard in topics or self.hazard in text or any(self.hazard in title for title in titles)


Source = Callable[[datetime], Sequence[Warning]]


def in_force(now: datetime) -> list[Warning]:
    """Return the warnings that hold at ``now``, as the source orders them; none where no source is set."""
    if not settings.WARNINGS:
        return []
    source: Source = import_string(settings.WARNINGS)
    return [warning for warning in source(now) if warning.is_in_force(now)]

"""Note who took papers or keys out of the system, before they leave it."""

from datetime import datetime

from django.db import models

from accounts.models import User
from core.actions.auditing import record
from core.enums import Deed


def note_printed(*, target: models.Model, what: str, papers: int, by: User, now: datetime) -> None:
    """Record that the papers, or the keys, of a sitting or an attempt were printed."""
    record(deed=Deed.EXPORTED, target=target, after={"printed": what, "papers": papers}, by=by, now=now)

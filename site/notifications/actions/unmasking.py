"""Staff read what is masked: each time with a reason, and on record."""

from datetime import datetime

from accounts.models import User
from core.actions.auditing import record
from core.enums import Deed
from notifications.models import Notice


def show_text(*, notice: Notice, reason: str, by: User, now: datetime) -> str:
    """Record that ``by`` reads the notice's text, and return it."""
    record(deed=Deed.UNMASKED, target=notice, label=f"{notice.kind} {notice.pk}", reason=reason, by=by, now=now)
    return notice.body

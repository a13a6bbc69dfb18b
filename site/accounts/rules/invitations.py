"""Whether an invitation still lets people in."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

REVOKED = _("This invitation was withdrawn. Ask for a new one.")
EXPIRED = _("This invitation has expired. Ask for a new one.")
USED_UP = _("This invitation has been used as often as it may be. Ask for a new one.")
CLOSED = _("This organisation is closed and takes in nobody.")


def why_closed(
    *,
    now: datetime,
    expires_at: datetime,
    uses: int,
    most_uses: int,
    revoked_at: datetime | None,
    organisation_closed_at: datetime | None,
) -> str | None:
    """Return the reason why nobody gets in by it any more, or None while people do."""
    if revoked_at:
        return REVOKED
    if organisation_closed_at:
        return CLOSED
    if expires_at <= now:
        return EXPIRED
    return USED_UP if uses >= most_uses else None

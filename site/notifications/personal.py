"""What this room holds about a user: shown to them, and forgotten when they wish it."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User

from .models import Delivery, Notice, Preference, QuietHours

LABELS = {
    "notices": _("notices"),
    "created_at": _("written at"),
    "kind": _("kind"),
    "subject": _("subject"),
    "body": _("text"),
    "link": _("link"),
    "read_at": _("read at"),
    "deliveries": _("deliveries"),
    "notice__subject": _("notice"),
    "channel": _("channel"),
    "state": _("state"),
    "sent_at": _("sent at"),
    "preferences": _("preferences"),
    "wanted": _("wanted"),
    "quiet_hours": _("quiet hours"),
    "begins": _("from"),
    "ends": _("until"),
}  # how tables and columns are called on the page to read


def rows(user: User) -> dict[str, list[dict]]:
    """Return what the user was told, on which ways, and how they want to be told (four queries)."""
    return {
        "notices": list(
            Notice.objects.filter(user=user).values("created_at", "kind", "subject", "body", "link", "read_at")
        ),
        "deliveries": list(
            Delivery.objects.filter(notice__user=user).values("notice__subject", "channel", "state", "sent_at")
        ),
        "preferences": list(Preference.objects.filter(user=user).values("kind", "channel", "wanted")),
        "quiet_hours": list(QuietHours.objects.filter(user=user).values("begins", "ends")),
    }


def forget(*, user: User, **about) -> dict[str, int]:
    """Delete what the user was told and how they wanted to be told; part of the caller's transaction."""
    return {
        model._meta.model_name: model.objects.filter(user=user).delete()[0]
        for model in (Notice, Preference, QuietHours)
    }

"""Ways to tell a person something, what there is to tell, and how far a delivery has come."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.telling import Channel

__all__ = ["DELIVERY_EDGES", "Channel", "DeliveryState", "Unsent"]


class DeliveryState(TextChoices):
    PENDING = "pending", _("waiting")
    SENT = "sent", _("sent")
    SKIPPED = "skipped", _("not sent: no address, or not wanted")
    FAILED = "failed", _("given up")


DELIVERY_EDGES = {
    DeliveryState.PENDING: {DeliveryState.SENT, DeliveryState.SKIPPED, DeliveryState.FAILED},
    DeliveryState.SENT: set(),
    DeliveryState.SKIPPED: set(),
    DeliveryState.FAILED: {DeliveryState.PENDING},
}


class Unsent(TextChoices):
    """Why a delivery was skipped, or given up without the carrier's word for it."""

    NO_EMAIL = "no_email", _("no e-mail address")
    NO_PHONE = "no_phone", _("no verified phone number")
    NO_TEXT = "no_text", _("nothing to send by text message")
    NO_WECHAT = "no_wechat", _("WeChat is not linked")
    NOT_CONNECTED = "not_connected", _("this channel is not connected")
    NOT_WANTED = "not_wanted", _("not wanted")
    NO_KIND = "no_kind", _("no such kind of notice any more")
    LOST = "lost", _("the worker never came back")

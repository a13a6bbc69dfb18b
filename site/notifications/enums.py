"""Ways to tell a person something, what there is to tell, and how far a delivery has come."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")
    WECHAT = "wechat", _("WeChat")


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

"""What followers sent us, once each, and what became of the reply."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.encryption import EncryptedTextField

from .enums import Delivered, MessageKind, Undelivered


class InboundMessage(models.Model):
    """One message or event, however often WeChat sent it; the row is also the queue of replies still to be given.

    ``claimed_at`` is a lease on the work (finding the reply, then sending it); ``promised_at`` is set when WeChat was
    told that the reply comes later.
    """

    dedupe_key = models.CharField(max_length=140, unique=True)
    openid = models.CharField(max_length=64)
    kind = models.CharField(_("message kind"), max_length=12, choices=MessageKind)
    event = models.CharField(_("event name"), max_length=64, blank=True)
    content = EncryptedTextField(_("message text"), blank=True)  # people type names and numbers
    received_at = models.DateTimeField(_("received at"))
    claimed_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    reply = models.TextField(_("reply text"), blank=True)
    replied_at = models.DateTimeField(_("replied at"), null=True, blank=True)
    promised_at = models.DateTimeField(null=True, blank=True)
    delivered = models.CharField(_("delivered"), max_length=8, choices=Delivered, default=Delivered.NONE)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)
    undelivered = models.CharField(_("not delivered because"), max_length=8, choices=Undelivered, blank=True)

    class Meta:
        verbose_name = _("WeChat message")
        verbose_name_plural = _("WeChat messages")
        indexes = [
            models.Index(fields=["openid", "received_at"], name="wechat_openid_received"),
            models.Index(fields=["received_at"], name="wechat_waiting", condition=Q(delivered="none", undelivered="")),
        ]
        constraints = [
            models.CheckConstraint(
                name="wechat_delivered_has_time",
                condition=Q(delivered="none", delivered_at=None)
                | (~Q(delivered="none") & Q(delivered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="wechat_undelivered_was_not_delivered", condition=Q(undelivered="") | Q(delivered="none")
            ),
            models.CheckConstraint(name="wechat_reply_has_time", condition=Q(reply="") | Q(replied_at__isnull=False)),
        ]

    def __str__(self):
        return self.dedupe_key


class SeenNonce(models.Model):
    """A timestamp and nonce that were used, and for which message; kept for as long as the timestamp is fresh."""

    stamp = models.CharField(max_length=80, unique=True)
    dedupe_key = models.CharField(max_length=140)
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self):
        return self.stamp

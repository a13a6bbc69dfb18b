"""Programs of other houses, their keys, the requests they sent, and what they are told of."""

from datetime import datetime
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel
from core.encryption import EncryptedTextField

from .enums import DeliveryState, HappeningKind


class Client(AuditedModel):
    """One program of another house: a province's platform, a training institution's system."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    contact = models.CharField(_("who answers for it"), max_length=200, help_text=_("Name, telephone and e-mail."))
    active = models.BooleanField(_("may use the API"), default=True)
    per_minute = models.PositiveIntegerField(
        _("requests a minute"), default=600, validators=[MinValueValidator(1), MaxValueValidator(60_000)]
    )
    created_at = models.DateTimeField(_("added at"), auto_now_add=True)

    class Meta:
        verbose_name = _("program of another house")
        verbose_name_plural = _("programs of other houses")
        ordering = ["name"]

    def __str__(self):
        return self.name


class ApiKey(AuditedModel):
    """A key of a client; whoever has it may do what its ``scopes`` say. The key itself is shown once and not kept."""

    unaudited: ClassVar[frozenset[str]] = frozenset({"last_used_at"})
    hidden: ClassVar[frozenset[str]] = frozenset({"digest"})

    client = models.ForeignKey(Client, models.CASCADE, related_name="keys", verbose_name=_("program"))
    prefix = models.CharField(_("begins with"), max_length=8, unique=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    scopes = models.JSONField(_("may"), default=list)
    created_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(_("made at"))
    expires_at = models.DateTimeField(_("ends at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("key")
        verbose_name_plural = _("keys")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(expires_at__gt=models.F("created_at")), name="a_key_ends_later")
        ]

    def __str__(self):
        return f"xhyj_{self.prefix}_…"

    def counts_at(self, now: datetime) -> bool:
        """Say whether it opens anything at ``now``."""
        return self.client.active and self.revoked_at is None and now < self.expires_at


class SentRequest(models.Model):
    """A request that carried an idempotency key, and its answer; the same again gets the same answer."""

    caller = models.CharField(max_length=40)
    key = models.CharField(max_length=128)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.JSONField(null=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("request with a key against doubling")
        verbose_name_plural = _("requests with a key against doubling")
        constraints = [models.UniqueConstraint(fields=["caller", "key"], name="one_answer_per_idempotency_key")]

    def __str__(self):
        return f"{self.caller} {self.key}"


class Happening(models.Model):
    """Something that programs may be told of; ``data`` holds ids and states, never what belongs to a person."""

    kind = models.CharField(_("event"), max_length=40, choices=HappeningKind)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(_("when"), db_index=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["pk"]

    def __str__(self):
        return f"evt_{self.pk}"


class Webhook(AuditedModel):
    """Where a client wants to be told, of what, and the secret that signs it."""

    hidden: ClassVar[frozenset[str]] = frozenset({"secret"})

    client = models.ForeignKey(Client, models.CASCADE, related_name="webhooks", verbose_name=_("program"))
    url = models.URLField(_("address"), max_length=500)
    kinds = models.JSONField(_("tells of"), default=list)
    secret = EncryptedTextField(editable=False)
    active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["client", "url"], name="one_webhook_per_address")]

    def __str__(self):
        return self.url

    def retire(self) -> None:
        """Turn it off for good reason: its receiver said so."""
        self.active = False
        self.save(update_fields=["active"])


class Delivery(models.Model):
    """One event on its way to one webhook; ``next_at`` is when to try, and the claim of who is trying."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    happening = models.ForeignKey(Happening, models.CASCADE, related_name="deliveries")
    state = models.CharField(_("state"), max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_at = models.DateTimeField()
    outcome = models.CharField(_("last outcome"), max_length=120, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["next_at"], name="webhook_deliveries_due", condition=models.Q(state=DeliveryState.WAITING)
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["webhook", "happening"], name="one_delivery_per_webhook_event"),
            models.CheckConstraint(
                condition=models.Q(state="delivered", delivered_at__isnull=False)
                | (~models.Q(state="delivered") & models.Q(delivered_at=None)),
                name="webhook_delivered_has_its_moment",
            ),
        ]

    def __str__(self):
        return f"{self.happening} → {self.webhook}"

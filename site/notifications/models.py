"""What somebody was told, on which ways, and how they want to be told."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .enums import Channel, DeliveryState


class Notice(models.Model):
    """One thing told to one user; it is in the inbox from the moment it is written.

    ``key`` names what happened: telling the same user the same thing again adds nothing.
    """

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="notices")
    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(max_length=120)
    subject = models.CharField(_("subject"), max_length=120)
    body = models.TextField(_("text"))
    link = models.CharField(_("link"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("written at"))
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "kind", "key"], name="one_notice_for_one_thing")]
        indexes = [models.Index(fields=["user"], condition=models.Q(read_at=None), name="notices_unread")]

    def __str__(self):
        return self.subject


class Delivery(models.Model):
    """A notice on its way by one channel; the row is the queue, ``next_at`` says when it is due."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    state = models.CharField(_("state"), max_length=10, choices=DeliveryState, default=DeliveryState.PENDING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_at = models.DateTimeField(_("due at"))
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    fault = models.CharField(_("what went wrong"), max_length=300, blank=True)
    reference = models.CharField(_("reference of the carrier"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["notice", "channel"], name="one_delivery_per_channel")]
        indexes = [models.Index(fields=["state", "next_at"], name="deliveries_due")]

    def __str__(self):
        return f"{self.notice_id} {self.channel}"


class Preference(models.Model):
    """Whether a user wants one kind of notice by one channel; without a row the kind's own default holds."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="notice_preferences")
    kind = models.CharField(_("kind"), max_length=40)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    wanted = models.BooleanField(_("wanted"))

    class Meta:
        verbose_name = _("preference")
        constraints = [models.UniqueConstraint(fields=["user", "kind", "channel"], name="one_preference_per_channel")]

    def __str__(self):
        return f"{self.user_id} {self.kind} {self.channel}"


class QuietHours(models.Model):
    """When a user is not to be disturbed (local time; over midnight where it ends before it begins)."""

    user = models.OneToOneField("accounts.User", models.CASCADE, related_name="quiet_hours")
    begins = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))

    class Meta:
        verbose_name = _("quiet hours")
        constraints = [models.CheckConstraint(condition=~models.Q(begins=models.F("ends")), name="quiet_for_a_while")]

    def __str__(self):
        return f"{self.begins:%H:%M}–{self.ends:%H:%M}"

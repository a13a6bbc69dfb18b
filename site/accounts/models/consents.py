"""What people agreed to, in which words, and their requests to be erased."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import ErasureState, Purpose
from core.actions.tracking import AuditedModel


class PrivacyNotice(AuditedModel):
    """The words of one purpose; a changed text is a new version, an old one stays as it was agreed to."""

    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    version = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("text"))
    effective_from = models.DateField(_("in force from"))

    class Meta:
        verbose_name = _("privacy notice")
        verbose_name_plural = _("privacy notices")
        ordering = ["purpose", "-version"]
        constraints = [models.UniqueConstraint(fields=["purpose", "version"], name="one_notice_per_version")]

    def __str__(self):
        return f"{self.title} v{self.version}"


class Consent(AuditedModel):
    """One user's agreement to one notice, given once, withdrawn at most once."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="consents")
    notice = models.ForeignKey(PrivacyNotice, models.PROTECT, related_name="consents")
    given_at = models.DateTimeField(_("given at"))
    address = models.CharField(_("from"), max_length=45, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "notice"], condition=models.Q(withdrawn_at=None), name="one_standing_consent"
            )
        ]

    def __str__(self):
        return f"{self.user_id}: {self.notice_id}"


class ErasureRequest(AuditedModel):
    """A person's wish to be forgotten and what came of it; ``kept`` lists what law makes us keep, and why."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="erasure_requests")
    state = models.CharField(_("state"), max_length=10, choices=ErasureState, default=ErasureState.OPEN)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    requested_at = models.DateTimeField(_("requested at"))
    decided_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True)
    kept = models.JSONField(_("kept by law"), default=list)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("erasure request")
        verbose_name_plural = _("erasure requests")
        ordering = ["-requested_at"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=models.Q(state="open"), name="one_open_erasure_request")
        ]

    def __str__(self):
        return f"{self.user_id}: {self.state}"

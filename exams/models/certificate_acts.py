"""What happens to a certificate after its issue: events, proposals to take it away, reviews, reminders."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel
from core.models import AppendOnlyModel
from exams.enums import CertificateEventKind, ProposalState


class CertificateEvent(AppendOnlyModel):
    """One thing that happened to a certificate; rows are added and read, never changed."""

    certificate = models.ForeignKey("exams.Certificate", models.PROTECT, related_name="events")
    kind = models.CharField(_("what happened"), max_length=12, choices=CertificateEventKind)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    proposed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("proposed by")
    )
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("event of a certificate")
        verbose_name_plural = _("events of certificates")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.certificate_id}: {self.kind}"


class CertificateProposal(AuditedModel):
    """One person's wish to suspend or revoke a certificate; another one decides."""

    certificate = models.ForeignKey("exams.Certificate", models.PROTECT, related_name="proposals")
    kind = models.CharField(_("what is proposed"), max_length=12, choices=CertificateEventKind)
    reason = models.CharField(_("reason"), max_length=300)
    proposed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    proposed_at = models.DateTimeField(_("proposed at"))
    state = models.CharField(_("state"), max_length=10, choices=ProposalState, default=ProposalState.OPEN)
    decided_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("proposal about a certificate")
        verbose_name_plural = _("proposals about certificates")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"], condition=Q(state="open"), name="one_open_proposal_per_certificate"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["suspended", "revoked"]), name="only_what_takes_away_is_proposed"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "withdrawn"])
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="a_second_person_decides_the_proposal",
            ),
        ]

    def __str__(self):
        return f"{self.certificate} {self.kind}"


class CertificateReview(AuditedModel):
    """复审: a review that falls due in the life of a certificate (Order 30: every three years)."""

    certificate = models.ForeignKey("exams.Certificate", models.PROTECT, related_name="reviews")
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("review of a certificate")
        verbose_name_plural = _("reviews of certificates")
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(fields=["certificate", "due_on"], name="one_review_per_certificate_and_day")
        ]

    def __str__(self):
        return f"{self.certificate_id}: {self.due_on}"


class CertificateReminder(models.Model):
    """A certificate came within ``days`` of its last day; when people were told, so that nobody is told twice."""

    certificate = models.ForeignKey("exams.Certificate", models.CASCADE, related_name="reminders")
    days = models.PositiveSmallIntegerField(_("days before the last valid day"))
    last_day = models.DateField()
    noticed_on = models.DateField()
    holder_told_at = models.DateTimeField(null=True)
    managers_told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("reminder of a certificate")
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "days", "last_day"], name="one_reminder_per_certificate_and_step"
            )
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(holder_told_at=None), name="reminders_for_holders"),
            models.Index(fields=["id"], condition=Q(managers_told_at=None), name="reminders_for_managers"),
        ]

    def __str__(self):
        return f"{self.certificate_id}: {self.days}"

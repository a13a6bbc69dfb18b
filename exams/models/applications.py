"""What a candidate applies for, what they declare, and the papers they hand in."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel
from exams.enums import (
    APPLICATION_EDGES,
    OPEN_APPLICATIONS,
    ApplicationKind,
    ApplicationStatus,
    DocumentKind,
    DocumentVerdict,
    Education,
    Post,
)

DECIDED = ("accepted", "returned", "refused", "admitted")


class WrongStatus(Exception):
    """The application stands where this cannot be done."""


class Application(AuditedModel):
    """报名: one person's way to one certificate, from the draft to the seat.

    ``health_text`` is the version of the declaration that was signed; ``reason`` says why it was returned or refused.
    """

    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="applications")
    rule = models.ForeignKey("exams.OperationRule", models.PROTECT, related_name="applications")
    kind = models.CharField(_("kind of application"), max_length=20, choices=ApplicationKind)
    status = models.CharField(_("status"), max_length=20, choices=ApplicationStatus, default=ApplicationStatus.DRAFT)
    education = models.CharField(_("education"), max_length=20, choices=Education, blank=True)
    post = models.CharField(_("post"), max_length=10, choices=Post, default=Post.WORKER)
    training_organisation = models.ForeignKey(
        "accounts.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("training organisation"),
    )
    claims_waiver = models.BooleanField(_("a skill-level certificate stands for the training"), default=False)
    health_text = models.CharField(_("version of the health declaration"), max_length=20, blank=True)
    health_declared_at = models.DateTimeField(_("health declared at"), null=True, blank=True)
    created_at = models.DateTimeField(_("begun at"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    received_from = models.ForeignKey(
        "clients.Client", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("received from")
    )

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["status", "submitted_at"], name="applications_to_check")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "rule"],
                condition=models.Q(status__in=[status.value for status in OPEN_APPLICATIONS]),
                name="one_open_application_per_person_and_rule",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "withdrawn"])
                | models.Q(submitted_at__isnull=False, health_declared_at__isnull=False) & ~models.Q(health_text=""),
                name="a_submitted_application_declares_health",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=DECIDED) | models.Q(decided_at__isnull=False, decided_by__isnull=False),
                name="a_decision_on_an_application_has_its_officer",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["returned", "refused"]) | ~models.Q(reason=""),
                name="an_application_is_sent_back_with_a_reason",
            ),
        ]

    def __str__(self):
        return f"#{self.pk}"

    def move_to(self, status: ApplicationStatus) -> None:
        """Set the status along an edge of ``APPLICATION_EDGES``.

        :raises WrongStatus: there is no such edge.
        """
        if status not in APPLICATION_EDGES[ApplicationStatus(self.status)]:
            raise WrongStatus(f"{self.status} → {status}")
        self.status = status

    @property
    def is_editable(self) -> bool:
        """Say whether the candidate may still change it."""
        return self.status in (ApplicationStatus.DRAFT, ApplicationStatus.RETURNED)

    @property
    def waived(self) -> bool:
        """Say whether an accepted skill-level certificate stands for the training (Order 19)."""
        return self.claims_waiver and self.status in (ApplicationStatus.ACCEPTED, ApplicationStatus.ADMITTED)


class ApplicationDocument(AuditedModel):
    """One paper of an application; its file leaves only through views that check who asks."""

    unaudited: ClassVar[frozenset[str]] = frozenset({"file"})

    application = models.ForeignKey(Application, models.CASCADE, related_name="documents")
    kind = models.CharField(_("kind of document"), max_length=20, choices=DocumentKind)
    file = models.FileField(upload_to="applications/")
    content_type = models.CharField(max_length=30)
    size = models.PositiveIntegerField(_("bytes"))
    uploaded_at = models.DateTimeField(_("uploaded at"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=DocumentVerdict, default=DocumentVerdict.WAITING)
    note = models.CharField(_("note"), max_length=200, blank=True)
    judged_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(_("checked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("document of an application")
        verbose_name_plural = _("documents of applications")
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verdict="waiting") | models.Q(judged_at__isnull=False, judged_by__isnull=False),
                name="a_verdict_on_a_document_has_its_officer",
            ),
            models.CheckConstraint(
                condition=~models.Q(verdict="rejected") | ~models.Q(note=""), name="a_rejected_document_says_why"
            ),
        ]

    def __str__(self):
        return f"{self.application_id}: {self.kind}"

    @property
    def is_picture(self) -> bool:
        return self.content_type != "application/pdf"

"""Certificates that anyone can verify."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel
from core.encryption import EncryptedTextField
from exams.enums import CertificateStatus


class Certificate(AuditedModel):
    """操作证: ``code`` is what the QR code carries; the number holds the id number and is therefore sealed."""

    unaudited: ClassVar[frozenset[str]] = frozenset({"number_digest", "pdf", "png"})

    code = models.CharField(_("verification code"), max_length=16, unique=True)
    number = EncryptedTextField(_("number"))
    number_digest = models.CharField(max_length=64, editable=False)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="certificates")
    rule = models.ForeignKey("exams.OperationRule", models.PROTECT, related_name="certificates")
    theory = models.ForeignKey("exams.Attempt", models.PROTECT, related_name="certificates")
    practical = models.OneToOneField("exams.Practical", models.PROTECT, related_name="certificate")
    issued_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("certifier")
    )
    issued_on = models.DateField(_("issued on"))
    valid_until = models.DateField(_("valid until"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    pdf = models.FileField(upload_to="certificates/", blank=True)
    png = models.FileField(upload_to="certificates/", blank=True)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__gt=models.F("issued_on")), name="certificate_valid_after_issue"
            )
        ]

    def __str__(self):
        return self.code

    def status_on(self, day: date) -> CertificateStatus:
        """Return what a stranger is told on ``day``; the last day still counts as valid."""
        if self.revoked_at:
            return CertificateStatus.REVOKED
        return CertificateStatus.VALID if day <= self.valid_until else CertificateStatus.EXPIRED

    @property
    def masked_number(self) -> str:
        """The number as a stranger may see it."""
        return self.number[:1] + self.person.masked_id_number if self.number else ""

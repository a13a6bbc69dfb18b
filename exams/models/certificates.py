"""Certificates that anyone can verify."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.rules import identity
from core.actions.tracking import AuditedModel
from core.encryption import EncryptedTextField
from exams.enums import CertificateOrigin, CertificateStatus


class CertificateSeries(AuditedModel):
    """The running number of one operation in one year; its row is the lock under which the next one is given."""

    unaudited: ClassVar[frozenset[str]] = frozenset({"last"})

    operation = models.ForeignKey("exams.Operation", models.PROTECT, related_name="+", verbose_name=_("operation"))
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("certificate series")
        verbose_name_plural = _("certificate series")
        constraints = [models.UniqueConstraint(fields=["operation", "year"], name="one_series_per_operation_and_year")]

    def __str__(self):
        return f"{self.operation_id}/{self.year}"


class Certificate(AuditedModel):
    """操作证: ``code`` is what the QR code carries; the number holds the id number and is therefore sealed.

    It comes from an exam, from another certificate whose place it takes, or from an old register (``origin``).
    ``lapses_on`` is the last day it counts for where a review that its scheme asks for was missed.
    """

    unaudited: ClassVar[frozenset[str]] = frozenset({"number_digest", "pdf", "png", "files_claimed_at"})

    code = models.CharField(_("verification code"), max_length=16, unique=True)
    number = EncryptedTextField(_("number"))
    number_digest = models.CharField(max_length=64, editable=False, db_index=True)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="certificates")
    rule = models.ForeignKey("exams.OperationRule", models.PROTECT, related_name="certificates")
    origin = models.CharField(
        _("origin"), max_length=12, choices=CertificateOrigin, default=CertificateOrigin.EXAM, editable=False
    )
    theory = models.ForeignKey("exams.Attempt", models.PROTECT, null=True, blank=True, related_name="certificates")
    practical = models.OneToOneField(
        "exams.Practical", models.PROTECT, null=True, blank=True, related_name="certificate"
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replacement", verbose_name=_("replaces")
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    authority = models.CharField(_("issuing authority"), max_length=120, blank=True)
    series = models.ForeignKey(CertificateSeries, models.PROTECT, null=True, blank=True, related_name="certificates")
    serial = models.PositiveIntegerField(_("running number"), null=True, blank=True)
    issued_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("certifier")
    )
    first_issued_on = models.DateField(_("first issued on"), null=True, blank=True)
    issued_on = models.DateField(_("issued on"))
    valid_until = models.DateField(_("valid until"), db_index=True)
    lapses_on = models.DateField(_("counts until, as a review was missed"), null=True, blank=True)
    suspended_at = models.DateTimeField(_("suspended at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    replaced_at = models.DateTimeField(_("replaced at"), null=True, blank=True)
    pdf = models.FileField(upload_to="certificates/", blank=True)
    png = models.FileField(upload_to="certificates/", blank=True)
    files_claimed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gt=models.F("issued_on")), name="certificate_valid_after_issue"
            ),
            models.CheckConstraint(
                condition=(
                    Q(origin="exam", theory__isnull=False, practical__isnull=False, replaces=None, source="")
                    | Q(origin="replacement", practical=None, replaces__isnull=False, source="")
                    | (Q(origin="imported", theory=None, practical=None, replaces=None) & ~Q(source=""))
                ),
                name="certificate_has_its_origin",
            ),
            models.CheckConstraint(
                condition=(
                    Q(suspended_at=None, revoked_at=None)
                    | Q(suspended_at=None, replaced_at=None)
                    | Q(revoked_at=None, replaced_at=None)
                ),
                name="certificate_ends_in_one_way",
            ),
            models.CheckConstraint(
                condition=Q(series=None, serial=None) | Q(series__isnull=False, serial__isnull=False),
                name="certificate_serial_has_its_series",
            ),
            models.UniqueConstraint(
                fields=["series", "serial"], condition=Q(replaces=None), name="one_certificate_per_serial"
            ),
            models.UniqueConstraint(
                fields=["number_digest", "rule", "issued_on"],
                condition=Q(origin="imported"),
                name="one_import_per_certificate",
            ),
        ]

    def __str__(self):
        return self.code

    @property
    def first_day(self) -> date:
        """The day of the first certificate, which is what is printed (初领日期)."""
        return self.first_issued_on or self.issued_on

    @property
    def last_day(self) -> date:
        """The last day on which it counts if nobody takes it away."""
        return min(self.valid_until, self.lapses_on) if self.lapses_on else self.valid_until

    def status_on(self, day: date) -> CertificateStatus:
        """Return what a stranger is told on ``day``; the last day still counts as valid."""
        if self.revoked_at:
            return CertificateStatus.REVOKED
        if self.replaced_at:
            return CertificateStatus.REPLACED
        if day > self.last_day:
            return CertificateStatus.EXPIRED
        return CertificateStatus.SUSPENDED if self.suspended_at else CertificateStatus.VALID

    @property
    def is_ours(self) -> bool:
        """Say whether this house issued it, and so prints it and vouches for it."""
        return self.origin != CertificateOrigin.IMPORTED

    @property
    def masked_number(self) -> str:
        """The number as a stranger may see it."""
        inside = self.person.id_number
        if inside and inside in self.number:
            return self.number.replace(inside, self.person.masked_id_number)
        return identity.mask_number(self.number) if self.number else ""

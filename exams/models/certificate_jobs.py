"""Long work on certificates whose state is the queue: issuing many, taking over an old register."""

import json
import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import RosterState
from core.actions.tracking import AuditedModel
from core.encryption import EncryptedTextField
from exams.enums import BatchLineState, BatchState, ImportMode, ImportVerdict


class CertificateBatch(AuditedModel):
    """Certificates that one certifier issues in one go; a worker that dies leaves its lines as they are."""

    unaudited: ClassVar[frozenset[str]] = frozenset({"claimed_at"})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("certifier"))
    created_at = models.DateTimeField(_("created at"))
    state = models.CharField(_("state"), max_length=8, choices=BatchState, default=BatchState.WAITING)
    total = models.PositiveIntegerField(_("certificates"), default=0)
    claimed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    class Meta:
        verbose_name = _("batch of certificates")
        verbose_name_plural = _("batches of certificates")
        ordering = ["-created_at"]

    def __str__(self):
        return str(self.pk)


class CertificateBatchLine(models.Model):
    """One practical of a batch and what became of it."""

    batch = models.ForeignKey(CertificateBatch, models.CASCADE, related_name="lines")
    practical = models.ForeignKey("exams.Practical", models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=8, choices=BatchLineState, default=BatchLineState.WAITING)
    reason = models.CharField(max_length=20, blank=True)
    certificate = models.ForeignKey("exams.Certificate", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("certificate of a batch")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "practical"], name="one_line_per_practical_of_a_batch"),
            models.CheckConstraint(
                condition=Q(state="issued", certificate__isnull=False) | (~Q(state="issued") & Q(certificate=None)),
                name="an_issued_line_has_its_certificate",
            ),
        ]
        indexes = [models.Index(fields=["batch", "state"], name="batch_lines_by_state")]

    def __str__(self):
        return f"{self.practical_id}: {self.state}"


class CertificateImport(AuditedModel):
    """An old register on its way: read into lines with a verdict each, looked at, then taken over as chosen."""

    unaudited: ClassVar[frozenset[str]] = frozenset({"claimed_at", "read", "done", "file", "total"})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    uploaded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("handed in by"))
    uploaded_at = models.DateTimeField(_("uploaded at"))
    source = models.CharField(_("where the register comes from"), max_length=200)
    filename = models.CharField(_("file"), max_length=200)
    file = models.FileField(upload_to="imports/", blank=True)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=12, choices=RosterState, default=RosterState.UPLOADED)
    mode = models.CharField(_("what to take in"), max_length=12, choices=ImportMode, blank=True)
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    total = models.PositiveIntegerField(_("lines"), default=0)
    read = models.PositiveIntegerField(_("lines read"), default=0)
    done = models.PositiveIntegerField(_("lines done"), default=0)
    fault = models.CharField(_("what went wrong"), max_length=40, blank=True)
    claimed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    class Meta:
        verbose_name = _("import of certificates")
        verbose_name_plural = _("imports of certificates")
        ordering = ["-uploaded_at"]

    def __str__(self):
        return self.filename


class CertificateImportLine(models.Model):
    """One line of an old register as it was (``cells``), what was read in it (``found``), both sealed, the verdict."""

    batch = models.ForeignKey(CertificateImport, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(_("line"))
    cells = EncryptedTextField(_("as it was"))
    found = EncryptedTextField(blank=True)
    key = models.CharField(max_length=64, blank=True, db_index=True)
    verdict = models.CharField(_("verdict"), max_length=10, choices=ImportVerdict)
    reasons = models.JSONField(_("reasons"), default=list)
    certificate = models.ForeignKey("exams.Certificate", models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("line of an import of certificates")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="one_import_line_per_number")]
        indexes = [models.Index(fields=["batch", "verdict", "number"], name="import_lines_by_verdict")]

    def __str__(self):
        return f"{self.number}: {self.verdict}"

    @property
    def contents(self) -> dict:
        """What was read in the line."""
        return json.loads(self.found) if self.found else {}

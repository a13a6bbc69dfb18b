"""A list of people that an organisation hands in, and what became of each line."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import RosterMode, RosterState, Verdict
from core.actions.tracking import AuditedModel
from core.encryption import EncryptedTextField


class RosterImport(AuditedModel):
    """One uploaded file on its way: read into lines with a verdict each, looked at, then taken in as chosen.

    State is the queue: a worker that dies leaves ``state`` and the lines as they are, and the next one goes on.
    """

    unaudited = frozenset({"claimed_at", "read", "done", "file", "total"})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="rosters")
    uploaded_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded at"))
    filename = models.CharField(_("file"), max_length=200)
    file = models.FileField(upload_to="imports/", blank=True)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=12, choices=RosterState, default=RosterState.UPLOADED)
    mode = models.CharField(_("what to take in"), max_length=12, choices=RosterMode, blank=True)
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    total = models.PositiveIntegerField(_("lines"), default=0)
    read = models.PositiveIntegerField(_("lines read"), default=0)
    done = models.PositiveIntegerField(_("lines done"), default=0)
    fault = models.CharField(_("what went wrong"), max_length=300, blank=True)
    claimed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    class Meta:
        verbose_name = _("roster import")
        verbose_name_plural = _("roster imports")
        ordering = ["-uploaded_at"]

    def __str__(self):
        return self.filename


class RosterLine(models.Model):
    """One line of the file as it was (sealed), what was read in it, and the verdict."""

    roster = models.ForeignKey(RosterImport, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(_("line"))
    cells = EncryptedTextField(_("as it was"))
    name = models.CharField(_("name"), max_length=80, blank=True)
    id_kind = models.CharField(max_length=20, blank=True)
    id_number = EncryptedTextField(blank=True)
    id_digest = models.CharField(max_length=64, blank=True, db_index=True)
    phone = EncryptedTextField(blank=True)
    job = models.CharField(_("job"), max_length=60, blank=True)
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict)
    reasons = models.JSONField(_("reasons"), default=list)
    person = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("roster line")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["roster", "number"], name="one_line_per_number")]
        indexes = [models.Index(fields=["roster", "verdict", "number"], name="roster_lines_by_verdict")]

    def __str__(self):
        return f"{self.number}: {self.verdict}"

"""A file of questions on its way into the bank, and what became of each item."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel
from exams.enums import ExchangeFormat, ImportState, ItemFate, ItemVerdict


class QuestionImport(AuditedModel):
    """One uploaded file: read into items, looked at, then taken in as chosen.

    State is the queue: a worker that dies leaves ``state`` and the items as they are, and the next one goes on.
    ``compared_at`` says that its items were held against the bank by likeness; ``approval_by`` asked for all at once.
    """

    unaudited = frozenset({"claimed_at", "read", "done", "approved", "file", "compared_at"})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    operation = models.ForeignKey("exams.Operation", models.PROTECT, related_name="+", verbose_name=_("operation"))
    point = models.ForeignKey(
        "exams.KnowledgePoint",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("knowledge point where none is named"),
    )
    source = models.CharField(_("source where none is named"), max_length=300, blank=True)
    uploaded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("uploaded by"))
    uploaded_at = models.DateTimeField(_("uploaded at"))
    filename = models.CharField(_("file"), max_length=200)
    file = models.FileField(upload_to="imports/questions/", blank=True)
    sha256 = models.CharField(max_length=64)
    format = models.CharField(_("format"), max_length=12, choices=ExchangeFormat)
    state = models.CharField(_("state"), max_length=12, choices=ImportState, default=ImportState.UPLOADED)
    read = models.PositiveIntegerField(_("items read"), default=0)
    done = models.PositiveIntegerField(_("questions taken in"), default=0)
    approved = models.PositiveIntegerField(_("approved"), default=0)
    fault = models.JSONField(_("what went wrong"), default=dict, blank=True)
    claimed_at = models.DateTimeField(null=True)
    compared_at = models.DateTimeField(null=True)
    approval_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    approval_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    class Meta:
        verbose_name = _("import of questions")
        verbose_name_plural = _("imports of questions")
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approval_by=None) | ~models.Q(approval_by=models.F("uploaded_by")),
                name="nobody_approves_their_own_import",
            ),
            models.CheckConstraint(
                condition=models.Q(approval_by=None, approval_at=None)
                | models.Q(approval_by__isnull=False, approval_at__isnull=False),
                name="approval_of_an_import_has_its_moment",
            ),
        ]

    def __str__(self):
        return self.filename


class ImportItem(models.Model):
    """One item of a file as it stood there, what was read in it, and what became of it.

    ``draft`` is as ``exams.exchange.packing`` packs it; its files lie beside the uploaded one under their digests.
    ``likes`` names what it is nearly the same as. ``refused`` says in codes why the bank did not take it after all.
    """

    batch = models.ForeignKey(QuestionImport, models.CASCADE, related_name="items")
    number = models.PositiveIntegerField(_("number"))
    first = models.PositiveIntegerField(_("line"))
    last = models.PositiveIntegerField()
    where = models.CharField(_("place"), max_length=200, blank=True)
    verdict = models.CharField(_("verdict"), max_length=12, choices=ItemVerdict)
    why = models.JSONField(default=list, blank=True)
    raw = models.TextField(_("as it was"))
    draft = models.JSONField(null=True)
    code = models.CharField(_("question"), max_length=60, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True, db_index=True)
    fate = models.CharField(_("what becomes of it"), max_length=12, choices=ItemFate, blank=True)
    point = models.ForeignKey("exams.KnowledgePoint", models.SET_NULL, null=True, related_name="+")
    likes = models.JSONField(default=list, blank=True)
    left_out = models.BooleanField(_("left out"), default=False)
    refused = models.JSONField(default=list, blank=True)
    version = models.ForeignKey("exams.QuestionVersion", models.SET_NULL, null=True, related_name="+")
    is_new = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("item of an import")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="one_import_item_per_number"),
            models.CheckConstraint(
                condition=models.Q(version=None) | models.Q(settled_at__isnull=False),
                name="an_item_with_a_version_is_settled",
            ),
        ]
        indexes = [models.Index(fields=["batch", "verdict", "number"], name="import_items_by_verdict")]

    def __str__(self):
        return f"{self.number}: {self.verdict}"

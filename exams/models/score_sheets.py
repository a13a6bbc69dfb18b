"""What one examiner saw: marks, vetoes, times, signature and photos."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel
from exams.enums import SignedAs


class SheetSubmitted(Exception):
    """A sheet that was handed in is never changed."""


class ScoreSheet(AuditedModel):
    """评分表: one examiner's own, in one of the places of a session; place 3 is the third examiner's.

    A withdrawn one was never handed in: its examiner fell out and somebody else took the place.
    """

    unaudited: ClassVar[frozenset[str]] = frozenset({"signature"})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey("exams.PracticalSession", models.PROTECT, related_name="sheets")
    examiner = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="score_sheets", verbose_name=_("examiner")
    )
    place = models.PositiveSmallIntegerField()
    assigned_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(_("assigned at"))
    begun_at = models.DateTimeField(null=True)  # when the first mark arrived
    started_at = models.DateTimeField(_("started at"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    signed_as = models.CharField(_("signed"), max_length=10, choices=SignedAs, blank=True)
    signed_name = models.CharField(_("name signed"), max_length=80, blank=True)
    signature = models.FileField(_("signature"), upload_to="practicals/signatures/", blank=True)
    total = models.PositiveSmallIntegerField(_("total"), null=True)
    submitted_at = models.DateTimeField(_("handed in at"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_because = models.CharField(_("withdrawn because"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("score sheet")
        verbose_name_plural = _("score sheets")
        ordering = ["place", "assigned_at"]
        constraints = [
            models.UniqueConstraint(fields=["session", "examiner"], name="nobody_examines_twice"),
            models.UniqueConstraint(
                fields=["session", "place"], condition=models.Q(withdrawn_at=None), name="one_sheet_per_place"
            ),
            models.CheckConstraint(
                condition=models.Q(submitted_at=None)
                | (
                    models.Q(started_at__isnull=False, finished_at__isnull=False, total__isnull=False)
                    & ~models.Q(signed_as="")
                ),
                name="a_submitted_sheet_is_whole_and_signed",
            ),
            models.CheckConstraint(
                condition=models.Q(finished_at=None) | models.Q(finished_at__gt=models.F("started_at")),
                name="a_sheet_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=models.Q(submitted_at=None) | models.Q(withdrawn_at=None),
                name="a_submitted_sheet_is_not_withdrawn",
            ),
            models.CheckConstraint(
                condition=models.Q(total=None) | models.Q(total__lte=100), name="a_sheet_has_at_most_a_hundred"
            ),
        ]

    def __str__(self):
        return str(self.pk)

    def save(self, *args, **kwargs):
        if getattr(self, "_loaded", {}).get("submitted_at"):
            raise SheetSubmitted(self.pk)
        super().save(*args, **kwargs)

    @property
    def is_open(self) -> bool:
        """Say whether its examiner still fills it in."""
        return self.submitted_at is None and self.withdrawn_at is None


class ItemMark(models.Model):
    """Marks of one checklist item: the highest sequence number the page sent; None is a mark taken back."""

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="marks")
    item = models.ForeignKey("exams.ChecklistItem", models.PROTECT, related_name="+")
    marks = models.PositiveSmallIntegerField(null=True)
    seq = models.PositiveIntegerField()
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("item mark")
        constraints = [models.UniqueConstraint(fields=["sheet", "item"], name="one_mark_per_item")]

    def __str__(self):
        return f"{self.item_id}: {self.marks}"


class VetoMark(models.Model):
    """Whether this examiner saw a veto item, and what happened."""

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="veto_marks")
    veto = models.ForeignKey("exams.VetoItem", models.PROTECT, related_name="+")
    seen = models.BooleanField()
    note = models.CharField(_("what happened"), max_length=300, blank=True)
    seq = models.PositiveIntegerField()
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("veto mark")
        constraints = [models.UniqueConstraint(fields=["sheet", "veto"], name="one_veto_mark_per_item")]

    def __str__(self):
        return f"{self.veto_id}: {self.seen}"


class EvidencePhoto(AuditedModel):
    """A picture an examiner took of a task, drawn anew without what the camera wrote into it."""

    unaudited: ClassVar[frozenset[str]] = frozenset({"file"})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="photos")
    task = models.ForeignKey("exams.PracticalTask", models.PROTECT, related_name="+")
    file = models.FileField(_("file"), upload_to="practicals/evidence/")
    digest = models.CharField(max_length=64)  # SHA-256 of what was sent: the same picture sent again is one
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        verbose_name = _("photo of evidence")
        verbose_name_plural = _("photos of evidence")
        ordering = ["added_at"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "task", "digest"], name="a_photo_is_kept_once_per_task")
        ]

    def __str__(self):
        return str(self.pk)

"""How a paper is drawn, and one candidate's own sheet."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel
from exams.enums import QuestionKind


class Blueprint(AuditedModel):
    """How many questions of which kind from which point; one mark each."""

    operation = models.ForeignKey("exams.Operation", models.PROTECT, related_name="blueprints")
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("blueprint")
        verbose_name_plural = _("blueprints")

    def __str__(self):
        return self.name


class BlueprintRow(AuditedModel):
    """``count`` questions of ``kind`` from ``point``."""

    blueprint = models.ForeignKey(Blueprint, models.CASCADE, related_name="rows")
    point = models.ForeignKey("exams.KnowledgePoint", models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=20, choices=QuestionKind)
    count = models.PositiveSmallIntegerField(_("number of questions"))

    class Meta:
        verbose_name = _("blueprint row")
        constraints = [
            models.UniqueConstraint(fields=["blueprint", "point", "kind"], name="one_row_per_point_and_kind")
        ]

    def __str__(self):
        return f"{self.point} {self.kind} × {self.count}"


class Paper(AuditedModel):
    """One candidate's sheet, drawn from ``seed`` and frozen: the same seed and bank give the same paper."""

    hidden: ClassVar[frozenset[str]] = frozenset({"seed"})  # whoever knows it knows the paper

    blueprint = models.ForeignKey(Blueprint, models.PROTECT, related_name="papers")
    seed = models.PositiveBigIntegerField()
    drawn_at = models.DateTimeField()

    class Meta:
        verbose_name = _("paper")

    def __str__(self):
        return f"{self.blueprint} #{self.pk}"

    def audit_label(self) -> str:
        """Its number."""
        return str(self.pk)


class PaperSlot(models.Model):
    """Question ``number``; ``order`` gives the bank position behind each shown letter ("2013": A is 2)."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="slots")
    number = models.PositiveSmallIntegerField()
    version = models.ForeignKey("exams.QuestionVersion", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=QuestionKind)
    order = models.CharField(max_length=8)

    class Meta:
        verbose_name = _("slot")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="one_slot_per_number"),
            models.UniqueConstraint(fields=["paper", "version"], name="no_question_twice_on_a_paper"),
        ]

    def __str__(self):
        return f"{self.number}"

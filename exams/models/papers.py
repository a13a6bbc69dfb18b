"""How a paper is drawn, and one candidate's own sheet."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel
from exams.enums import QuestionKind, Scoring

from .bank import DIFFICULTY, EASIEST, HARDEST


class Blueprint(AuditedModel):
    """How many questions of which kind from which point at which difficulty, with their marks; and what must hold."""

    operation = models.ForeignKey(
        "exams.Operation", models.PROTECT, related_name="blueprints", verbose_name=_("operation")
    )
    name = models.CharField(_("name"), max_length=80)
    no_near_duplicates = models.BooleanField(_("no two near-duplicates on a paper"), default=True)
    covers_every_point = models.BooleanField(_("a question of every knowledge point"), default=False)
    evens_exposure = models.BooleanField(_("prefers questions drawn less often"), default=True)
    shuffles_questions = models.BooleanField(_("shuffles questions"), default=True)
    shuffles_options = models.BooleanField(_("shuffles options"), default=True)
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True)

    class Meta:
        verbose_name = _("blueprint")
        verbose_name_plural = _("blueprints")

    def __str__(self):
        return self.name


class BlueprintRow(AuditedModel):
    """``count`` questions of ``kind`` from ``point`` and its parts (None: any), each with ``marks``.

    With ``cases`` whole case groups are drawn, and ``count`` counts groups.
    """

    blueprint = models.ForeignKey(Blueprint, models.CASCADE, related_name="rows")
    point = models.ForeignKey(
        "exams.KnowledgePoint",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("knowledge point"),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=QuestionKind, blank=True)
    cases = models.BooleanField(_("whole cases"), default=False)
    easiest = models.PositiveSmallIntegerField(_("easiest"), default=EASIEST, validators=DIFFICULTY)
    hardest = models.PositiveSmallIntegerField(_("hardest"), default=HARDEST, validators=DIFFICULTY)
    count = models.PositiveSmallIntegerField(_("number of questions"))
    marks = models.DecimalField(_("marks each"), max_digits=5, decimal_places=2, default=Decimal(1))
    scoring = models.CharField(_("scoring"), max_length=20, choices=Scoring, default=Scoring.ALL_OR_NOTHING)

    class Meta:
        verbose_name = _("blueprint row")
        constraints = [
            models.UniqueConstraint(
                fields=["blueprint", "point", "kind", "cases", "easiest", "hardest"],
                name="one_row_per_point_kind_and_difficulty",
            ),
            models.UniqueConstraint(
                fields=["blueprint", "kind", "cases", "easiest", "hardest"],
                condition=models.Q(point=None),
                name="one_row_for_any_point_per_kind_and_difficulty",
            ),
            models.CheckConstraint(
                condition=models.Q(cases=True) | ~models.Q(kind=""), name="a_row_names_a_kind_or_draws_cases"
            ),
            models.CheckConstraint(
                condition=models.Q(easiest__lte=models.F("hardest")), name="the_easiest_is_not_harder_than_the_hardest"
            ),
            models.CheckConstraint(condition=models.Q(marks__gt=0), name="a_question_gives_marks"),
        ]

    def __str__(self):
        return f"{self.point or '*'} {self.kind} × {self.count}"


class Paper(AuditedModel):
    """One candidate's sheet, drawn from ``seed`` and frozen: the same seed and bank give the same paper.

    It is number ``place`` (from 0) of its ``drawing``, which keeps what it takes to draw it again.
    """

    hidden: ClassVar[frozenset[str]] = frozenset({"seed"})  # whoever knows it knows the paper

    blueprint = models.ForeignKey(Blueprint, models.PROTECT, related_name="papers")
    seed = models.PositiveBigIntegerField()
    drawn_at = models.DateTimeField()
    drawing = models.ForeignKey("exams.Drawing", models.PROTECT, null=True, related_name="papers")
    place = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("paper")
        constraints = [models.UniqueConstraint(fields=["drawing", "place"], name="one_paper_per_place_of_a_drawing")]

    def __str__(self):
        return f"{self.blueprint} #{self.pk}"

    def audit_label(self) -> str:
        """Its number."""
        return str(self.pk)


class PaperSlot(models.Model):
    """Question ``number``; ``order`` gives the bank position behind each shown letter ("2013": A is 2).

    ``width`` is how many places an answer has: the options that may be chosen, the blanks, the steps, the left sides.
    """

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="slots")
    number = models.PositiveSmallIntegerField()
    version = models.ForeignKey("exams.QuestionVersion", models.PROTECT, related_name="slots")
    kind = models.CharField(max_length=20, choices=QuestionKind)
    order = models.CharField(max_length=12, blank=True)
    width = models.PositiveSmallIntegerField(default=1)
    marks = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(1))
    scoring = models.CharField(max_length=20, choices=Scoring, default=Scoring.ALL_OR_NOTHING)

    class Meta:
        verbose_name = _("slot")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="one_slot_per_number"),
            models.UniqueConstraint(fields=["paper", "version"], name="no_question_twice_on_a_paper"),
        ]

    def __str__(self):
        return f"{self.number}"

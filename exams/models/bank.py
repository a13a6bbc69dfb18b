"""The question bank. A paper always holds a version; editing a question makes a new one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel
from exams.enums import QuestionKind


class KnowledgePoint(AuditedModel):
    """A point of the outline (K11 … K43) of one operation."""

    operation = models.ForeignKey("exams.Operation", models.CASCADE, related_name="knowledge_points")
    code = models.CharField(_("code"), max_length=8)
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("knowledge point")
        verbose_name_plural = _("knowledge points")
        ordering = ["operation", "code"]
        constraints = [models.UniqueConstraint(fields=["operation", "code"], name="one_point_per_code")]

    def __str__(self):
        return f"{self.code} {self.name}"


class Question(AuditedModel):
    """An item of the bank; what it says is in its versions."""

    code = models.SlugField(_("code"), unique=True)
    point = models.ForeignKey(
        KnowledgePoint, models.PROTECT, related_name="questions", verbose_name=_("knowledge point")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=QuestionKind)
    current = models.OneToOneField("exams.QuestionVersion", models.PROTECT, null=True, related_name="+", editable=False)
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["code"]

    def __str__(self):
        return self.code


class QuestionVersion(AuditedModel):
    """The text of a question as printed on papers; never changed, and drawn only once another person approved it."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    stem = models.TextField(_("stem"))
    explanation = models.TextField(_("explanation"))
    source = models.CharField(_("source"), max_length=300)
    reviewed = models.DateField(_("reviewed"))
    created_at = models.DateTimeField()
    written_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("written by")
    )
    approved_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved at"), null=True)

    class Meta:
        verbose_name = _("question version")
        verbose_name_plural = _("question versions")
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="one_version_per_number"),
            models.CheckConstraint(
                condition=models.Q(approved_by=None)
                | models.Q(written_by=None)
                | ~models.Q(approved_by=models.F("written_by")),
                name="nobody_approves_their_own_question",
            ),
        ]

    def __str__(self):
        return f"{self.question.code} v{self.number}"


class Option(models.Model):
    """One choice of a version; ``position`` is its place in the bank, a paper may show another order."""

    version = models.ForeignKey(QuestionVersion, models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("text"), max_length=300)
    is_right = models.BooleanField(_("right"))

    class Meta:
        verbose_name = _("option")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="one_option_per_position"),
            models.UniqueConstraint(
                fields=["version"], condition=models.Q(is_right=True), name="at_most_one_right_option"
            ),
        ]

    def __str__(self):
        return self.text

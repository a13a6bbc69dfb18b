"""Practical exams, scored by an examiner."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel


class Practical(AuditedModel):
    """One practical exam of one person; a veto item fails the whole whatever the marks."""

    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="practicals")
    rule = models.ForeignKey("exams.OperationRule", models.PROTECT, related_name="practicals")
    theory = models.ForeignKey("exams.Attempt", models.PROTECT, related_name="practicals")
    number = models.PositiveSmallIntegerField(_("attempt number"))
    examiner = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("examiner"))
    veto = models.BooleanField(_("a veto item applied"))
    veto_reason = models.CharField(_("which veto item"), max_length=200, blank=True)
    score = models.PositiveSmallIntegerField(_("score"))
    passed = models.BooleanField(_("passed"))
    taken_at = models.DateTimeField(_("taken at"))

    class Meta:
        verbose_name = _("practical exam")
        verbose_name_plural = _("practical exams")
        ordering = ["-taken_at"]
        constraints = [
            models.UniqueConstraint(fields=["theory", "number"], name="one_practical_per_number"),
            models.CheckConstraint(condition=models.Q(veto=False) | models.Q(passed=False), name="a_veto_never_passes"),
        ]

    def __str__(self):
        return f"{self.person} {self.score}"

    def audit_label(self) -> str:
        """The candidate masked, and the score."""
        return f"{self.person.masked_name} {self.score}"


class PracticalMark(AuditedModel):
    """The marks of one subject."""

    practical = models.ForeignKey(Practical, models.CASCADE, related_name="marks")
    subject = models.ForeignKey("exams.PracticalSubject", models.PROTECT, related_name="+")
    marks = models.PositiveSmallIntegerField(_("marks"))

    class Meta:
        verbose_name = _("practical mark")
        constraints = [models.UniqueConstraint(fields=["practical", "subject"], name="one_mark_per_subject")]

    def __str__(self):
        return f"{self.subject}: {self.marks}"

"""Outcomes of practical exams; certificates hang on them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel


class Practical(AuditedModel):
    """The outcome of one practical exam of one person; a veto item fails the whole whatever the marks.

    Who examined stands on the score sheets of its session; ``examiner`` is set where one alone did, before there were
    sheets.
    """

    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="practicals")
    rule = models.ForeignKey("exams.OperationRule", models.PROTECT, related_name="practicals")
    theory = models.ForeignKey("exams.Attempt", models.PROTECT, related_name="practicals")
    number = models.PositiveSmallIntegerField(_("attempt number"))
    examiner = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("examiner")
    )
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

    @property
    def examiners(self) -> list:
        """Who examined, in the order of their places."""
        session = getattr(self, "session", None)
        alone = [self.examiner] if self.examiner_id else []
        return alone + ([sheet.examiner for sheet in session.sheets.all()] if session else [])

    @property
    def is_released(self) -> bool:
        """Say whether the candidate may see it."""
        session = getattr(self, "session", None)
        return session is None or session.released_at is not None


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

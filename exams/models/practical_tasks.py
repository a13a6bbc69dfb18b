"""What is done in a practical exam: tasks per subject, with what is looked at and what fails the whole."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel


class PracticalTask(AuditedModel):
    """One task of a subject (K1…K4) of an operation; changed content is a new row, past sheets keep the old one."""

    operation = models.ForeignKey("exams.Operation", models.PROTECT, related_name="practical_tasks")
    subject = models.CharField(_("subject"), max_length=4)
    code = models.SlugField(_("task number"), max_length=40)
    title = models.CharField(_("title"), max_length=120)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    setup = models.TextField(_("what is laid out"))
    brief = models.TextField(_("what the candidate is told"))
    source = models.CharField(_("source"), max_length=500)
    reviewed = models.DateField(_("reviewed on"))
    created_at = models.DateTimeField(_("created at"))
    changed_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("changed by")
    )  # none: it is as the file has it
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True)

    class Meta:
        verbose_name = _("practical task")
        verbose_name_plural = _("practical tasks")
        ordering = ["operation", "subject", "code", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(retired_at=None), name="one_task_in_use_per_number"
            ),
            models.CheckConstraint(condition=models.Q(minutes__gt=0), name="a_task_takes_time"),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"


class ChecklistItem(models.Model):
    """One thing the examiner looks at, and its full marks; never changed, the task is replaced."""

    task = models.ForeignKey(PracticalTask, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("what is looked at"), max_length=300)
    marks = models.PositiveSmallIntegerField(_("full marks"))

    class Meta:
        verbose_name = _("checklist item")
        verbose_name_plural = _("checklist items")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["task", "position"], name="one_item_per_position"),
            models.CheckConstraint(condition=models.Q(marks__range=(1, 20)), name="an_item_has_one_to_twenty_marks"),
        ]

    def __str__(self):
        return self.text


class VetoItem(models.Model):
    """What fails the whole exam, whatever the marks."""

    task = models.ForeignKey(PracticalTask, models.CASCADE, related_name="vetoes")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("what fails the whole"), max_length=300)

    class Meta:
        verbose_name = _("veto item")
        verbose_name_plural = _("veto items")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["task", "position"], name="one_veto_per_position")]

    def __str__(self):
        return self.text

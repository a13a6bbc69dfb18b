"""Who may sit where."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel


class Admission(AuditedModel):
    """准考: one person's seat in one sitting."""

    sitting = models.ForeignKey("exams.Sitting", models.PROTECT, related_name="admissions")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="admissions")
    seat = models.PositiveSmallIntegerField(_("seat"))
    ticket = models.CharField(_("admission ticket"), max_length=20, unique=True)
    admitted_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    admitted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("admission")
        verbose_name_plural = _("admissions")
        constraints = [
            models.UniqueConstraint(fields=["sitting", "person"], name="one_admission_per_person_and_sitting"),
            models.UniqueConstraint(fields=["sitting", "seat"], name="one_person_per_seat"),
        ]

    def __str__(self):
        return self.ticket

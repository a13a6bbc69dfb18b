"""Who watches over which sitting."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel


class SittingDuty(AuditedModel):
    """One invigilator's duty in one sitting."""

    sitting = models.ForeignKey("exams.Sitting", models.CASCADE, related_name="duties")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="duties", verbose_name=_("invigilator"))
    assigned_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    assigned_at = models.DateTimeField(_("assigned at"))

    class Meta:
        verbose_name = _("duty in a sitting")
        verbose_name_plural = _("duties in sittings")
        constraints = [models.UniqueConstraint(fields=["sitting", "user"], name="one_duty_per_invigilator_and_sitting")]

    def __str__(self):
        return f"{self.sitting_id}: {self.user_id}"

"""Who may sit where."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel
from exams.enums import SittingKind


class Admission(AuditedModel):
    """准考: one person's seat in one sitting; ``round`` counts the mock exams that a person takes again and again.

    Until the seats of a certifying sitting are drawn, ``seat`` is only a place that is held.
    """

    sitting = models.ForeignKey("exams.Sitting", models.PROTECT, related_name="admissions")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="admissions")
    round = models.PositiveIntegerField(default=1)
    seat = models.PositiveSmallIntegerField(_("seat"), null=True, blank=True)
    application = models.ForeignKey(
        "exams.Application", models.PROTECT, null=True, blank=True, related_name="admissions"
    )
    ticket = models.CharField(_("admission ticket"), max_length=24, unique=True)
    admitted_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    admitted_at = models.DateTimeField()
    checked_in_at = models.DateTimeField(_("checked in at"), null=True, blank=True)
    checked_in_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    cancelled_because = models.CharField(_("cancelled because"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("admission")
        verbose_name_plural = _("admissions")
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "person", "round"],
                condition=models.Q(cancelled_at=None),
                name="one_admission_per_person_and_sitting",
            ),
            models.UniqueConstraint(
                fields=["sitting", "seat"], condition=models.Q(cancelled_at=None), name="one_person_per_seat"
            ),
        ]

    def __str__(self):
        return self.ticket

    @property
    def shown_seat(self) -> int | None:
        """The seat a candidate is told: of a certifying sitting only what was drawn."""
        drawn = self.sitting.seats_drawn_at or self.sitting.kind != SittingKind.CERTIFYING
        return self.seat if drawn else None

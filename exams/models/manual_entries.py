"""What was typed from a paper: twice, by two persons, before it counts."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel


class ManualEntry(AuditedModel):
    """One person's reading of one answer sheet: ``responses`` is slot → response, what was left empty is not in it."""

    hidden: ClassVar[frozenset[str]] = frozenset({"responses"})

    attempt = models.ForeignKey("exams.Attempt", models.PROTECT, related_name="manual_entries")
    number = models.PositiveSmallIntegerField(_("entry"))
    responses = models.JSONField(default=dict)
    begun_at = models.DateTimeField(_("begun at"))
    handed_in_at = models.DateTimeField(_("handed in at"))
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("entered by"))
    entered_at = models.DateTimeField(_("entered at"))

    class Meta:
        verbose_name = _("manual entry")
        verbose_name_plural = _("manual entries")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "number"], name="one_manual_entry_per_number"),
            models.UniqueConstraint(fields=["attempt", "entered_by"], name="nobody_enters_a_paper_twice"),
            models.CheckConstraint(condition=models.Q(number__in=[1, 2]), name="a_paper_is_entered_twice"),
            models.CheckConstraint(
                condition=models.Q(handed_in_at__gt=models.F("begun_at")), name="a_paper_is_handed_in_after_its_begin"
            ),
        ]

    def __str__(self):
        return f"{self.attempt_id} #{self.number}"

"""A practical exam while it is held: the tasks drawn for one candidate, and how far it is."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel
from exams.enums import PRACTICAL_EDGES, RUNNING_PRACTICALS, PracticalStatus

from .attempts import IllegalMove


class PracticalSession(AuditedModel):
    """Opened for one candidate with a passed theory; ``practical`` is its outcome once the examiners have decided.

    The tasks were drawn with ``seed`` from those in use when it was opened.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="practical_sessions")
    rule = models.ForeignKey("exams.OperationRule", models.PROTECT, related_name="practical_sessions")
    theory = models.ForeignKey("exams.Attempt", models.PROTECT, related_name="practical_sessions")
    number = models.PositiveSmallIntegerField(_("attempt number"))
    seed = models.PositiveBigIntegerField()
    status = models.CharField(_("status"), max_length=20, choices=PracticalStatus, default=PracticalStatus.OPEN)
    opened_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("opened by"))
    opened_at = models.DateTimeField(_("opened at"))
    practical = models.OneToOneField("exams.Practical", models.PROTECT, null=True, related_name="session")
    decided_at = models.DateTimeField(_("decided at"), null=True)
    released_at = models.DateTimeField(_("result released at"), null=True)
    released_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    cancelled_because = models.CharField(_("cancelled because"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("practical exam held")
        verbose_name_plural = _("practical exams held")
        ordering = ["-opened_at"]
        indexes = [models.Index(fields=["status", "-opened_at"], name="practicals_by_status")]
        constraints = [
            models.UniqueConstraint(
                fields=["theory", "number"],
                condition=~models.Q(status=PracticalStatus.CANCELLED),
                name="one_session_per_number",
            ),
            models.UniqueConstraint(
                fields=["person", "rule"],
                condition=models.Q(status__in=RUNNING_PRACTICALS),
                name="one_practical_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(status=PracticalStatus.DECIDED, practical__isnull=False, decided_at__isnull=False)
                | (~models.Q(status=PracticalStatus.DECIDED) & models.Q(practical=None, decided_at=None)),
                name="a_decided_practical_has_its_outcome",
            ),
            models.CheckConstraint(
                condition=models.Q(released_at=None) | models.Q(status=PracticalStatus.DECIDED),
                name="only_what_is_decided_is_released",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=PracticalStatus.CANCELLED) | ~models.Q(cancelled_because=""),
                name="a_cancelled_practical_has_its_reason",
            ),
        ]

    def __str__(self):
        return str(self.pk)

    def audit_label(self) -> str:
        """The candidate masked, and which attempt it is."""
        return f"{self.person.masked_name} {self.number}"

    @property
    def is_running(self) -> bool:
        """Say whether sheets are still being filled in."""
        return self.status in RUNNING_PRACTICALS

    def move_to(self, status: PracticalStatus) -> None:
        """Set the status along an edge of ``PRACTICAL_EDGES``.

        :raises IllegalMove: there is no such edge.
        """
        if status not in PRACTICAL_EDGES[PracticalStatus(self.status)]:
            raise IllegalMove(f"{self.status} → {status}")
        self.status = status


class DrawnTask(models.Model):
    """One subject's task for one candidate."""

    session = models.ForeignKey(PracticalSession, models.CASCADE, related_name="drawn")
    position = models.PositiveSmallIntegerField()
    task = models.ForeignKey("exams.PracticalTask", models.PROTECT, related_name="drawn")

    class Meta:
        verbose_name = _("drawn task")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["session", "position"], name="one_drawn_task_per_position"),
            models.UniqueConstraint(fields=["session", "task"], name="a_task_is_drawn_once"),
        ]

    def __str__(self):
        return f"{self.position}: {self.task_id}"

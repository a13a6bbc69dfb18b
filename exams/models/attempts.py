"""One candidate's sitting of one paper, its answers and its results."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel
from exams.enums import ATTEMPT_EDGES, AttemptStatus


class IllegalMove(Exception):
    """The state machine has no such edge."""


class Attempt(models.Model):
    """Started by one UPDATE, held by one lease, closed once with one receipt."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    admission = models.OneToOneField("exams.Admission", models.PROTECT, related_name="attempt")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="attempts")
    paper = models.OneToOneField("exams.Paper", models.PROTECT, related_name="attempt")
    status = models.CharField(_("status"), max_length=20, choices=AttemptStatus, default=AttemptStatus.SCHEDULED)
    lease = models.CharField(max_length=22, blank=True)
    started_at = models.DateTimeField(_("started at"), null=True)
    deadline = models.DateTimeField(_("deadline"), null=True)
    accepts_until = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    receipt = models.CharField(_("receipt"), max_length=19, unique=True, null=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        indexes = [models.Index(fields=["status", "accepts_until"], name="attempt_overdue")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["scheduled", "absent", "voided"])
                | models.Q(started_at__isnull=False, deadline__isnull=False, accepts_until__isnull=False),
                name="a_started_attempt_has_its_times",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["submitted", "graded"])
                | models.Q(submitted_at__isnull=False, receipt__isnull=False),
                name="a_submitted_attempt_has_its_receipt",
            ),
        ]

    def __str__(self):
        return str(self.pk)

    def move_to(self, status: AttemptStatus) -> None:
        """Set the status along an edge of ``ATTEMPT_EDGES``.

        :raises IllegalMove: there is no such edge.
        """
        if status not in ATTEMPT_EDGES[AttemptStatus(self.status)]:
            raise IllegalMove(f"{self.status} → {status}")
        self.status = status


class Answer(models.Model):
    """The answer to one slot: the highest sequence number the browser sent; an empty choice is an answer taken back."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="answers")
    slot = models.PositiveSmallIntegerField()
    choice = models.CharField(max_length=1, blank=True)
    marked = models.BooleanField()
    seq = models.PositiveIntegerField()
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer")
        constraints = [models.UniqueConstraint(fields=["attempt", "slot"], name="one_answer_per_slot")]

    def __str__(self):
        return f"{self.slot}: {self.choice}"


class LateAnswer(AuditedModel):
    """What arrived after the grace: kept as evidence, never scored."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="late_answers")
    slot = models.PositiveSmallIntegerField()
    choice = models.CharField(max_length=1, blank=True)
    seq = models.PositiveIntegerField()
    arrived_at = models.DateTimeField()

    class Meta:
        verbose_name = _("late answer")
        constraints = [models.UniqueConstraint(fields=["attempt", "slot", "seq"], name="one_late_answer_per_seq")]

    def __str__(self):
        return f"{self.slot}: {self.choice}"


class Result(AuditedModel):
    """A grading of an attempt; a regrade appends another, the newest counts."""

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="results")
    number = models.PositiveSmallIntegerField()
    score = models.PositiveSmallIntegerField(_("score"))
    full_marks = models.PositiveSmallIntegerField(_("full marks"))
    passed = models.BooleanField(_("passed"))
    graded_at = models.DateTimeField(_("graded at"))

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "number"], name="one_result_per_number"),
            models.CheckConstraint(
                condition=models.Q(score__lte=models.F("full_marks")), name="score_within_full_marks"
            ),
        ]

    def __str__(self):
        return f"{self.score}/{self.full_marks}"

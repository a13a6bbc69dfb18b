"""One candidate's sitting of one paper, its answers and its results."""

import uuid
from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel
from exams.enums import ATTEMPT_EDGES, AttemptStatus, GradedFor


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
    device = models.CharField(max_length=22, blank=True)  # whose pages may take the lease where a sitting binds it
    extra = models.DurationField(_("time given in addition"), default=timedelta)  # the sum of its allowances
    started_at = models.DateTimeField(_("started at"), null=True)
    deadline = models.DateTimeField(_("deadline"), null=True)
    accepts_until = models.DateTimeField(null=True)
    on_paper_at = models.DateTimeField(_("on paper since"), null=True)  # written on paper: never started online
    paused_at = models.DateTimeField(_("paused at"), null=True)
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
            models.CheckConstraint(
                condition=models.Q(on_paper_at=None) | ~models.Q(status="in_progress"),
                name="an_attempt_on_paper_is_never_taken_online",
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
    """The answer to one slot: the highest sequence number the browser sent; an empty response is one taken back.

    ``exams.rules.responses`` says how a response is written for each kind of question.
    """

    attempt = models.ForeignKey(  # the unique constraint's index serves it
        Attempt, models.CASCADE, related_name="answers", db_index=False
    )
    slot = models.PositiveSmallIntegerField()
    response = models.CharField(max_length=1000, blank=True)
    marked = models.BooleanField()
    seq = models.PositiveIntegerField()
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer")
        constraints = [models.UniqueConstraint(fields=["attempt", "slot"], name="one_answer_per_slot")]

    def __str__(self):
        return f"{self.slot}: {self.response}"


class LateAnswer(AuditedModel):
    """What arrived after the grace: kept as evidence, never scored."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="late_answers")
    slot = models.PositiveSmallIntegerField()
    response = models.CharField(max_length=1000, blank=True)
    seq = models.PositiveIntegerField()
    arrived_at = models.DateTimeField()

    class Meta:
        verbose_name = _("late answer")
        constraints = [models.UniqueConstraint(fields=["attempt", "slot", "seq"], name="one_late_answer_per_seq")]

    def __str__(self):
        return f"{self.slot}: {self.response}"


class Result(AuditedModel):
    """A grading of an attempt; a regrade appends another, the newest counts.

    ``breakdown`` holds what each slot got (``exams.rules.breakdown``), so that statistics need no answer rows.
    """

    unaudited: ClassVar[frozenset[str]] = frozenset({"breakdown"})

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="results")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(_("graded for"), max_length=20, choices=GradedFor, default=GradedFor.SUBMISSION)
    key_change = models.ForeignKey("exams.KeyChange", models.PROTECT, null=True, related_name="results")
    score = models.DecimalField(_("score"), max_digits=6, decimal_places=2)
    full_marks = models.DecimalField(_("full marks"), max_digits=6, decimal_places=2)
    breakdown = models.BinaryField(default=b"")
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
        return f"{plain(self.score)}/{plain(self.full_marks)}"


def plain(marks) -> str:
    """Return marks without needless decimals: 80, 80.5."""
    return f"{marks:f}".rstrip("0").rstrip(".") if "." in f"{marks:f}" else f"{marks}"

"""What follows a result: appeals, changes of keys, figures of questions, and hints at what looks improbable."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel
from exams.enums import AppealState, HintKind, KeyChangeKind


class Appeal(AuditedModel):
    """A candidate's doubt about a released result, or about one question of it (``slot``); decided once.

    Where it is upheld and ``accepts_late``, the answers that arrived too late count once another officer confirms it.
    """

    hidden: ClassVar[frozenset[str]] = frozenset({"reason"})

    attempt = models.ForeignKey("exams.Attempt", models.PROTECT, related_name="appeals")
    slot = models.PositiveSmallIntegerField(_("question number"), null=True, blank=True)
    reason = models.TextField(_("reason"), max_length=1000)
    appealed_at = models.DateTimeField(_("appealed at"))
    state = models.CharField(_("state"), max_length=20, choices=AppealState, default=AppealState.OPEN)
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    accepts_late = models.BooleanField(_("counts what arrived too late"), default=False)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True)
    confirmed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["appealed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "slot"], name="one_appeal_per_question"),
            models.UniqueConstraint(
                fields=["attempt"], condition=models.Q(slot=None), name="one_appeal_about_a_whole_result"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", decided_at=None, decided_by=None)
                | (~models.Q(state="open") & models.Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="an_appeal_is_open_or_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(accepts_late=False) | models.Q(state="upheld"),
                name="only_an_upheld_appeal_accepts_late_answers",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None)
                | (models.Q(accepts_late=True) & ~models.Q(confirmed_by=models.F("decided_by"))),
                name="nobody_confirms_their_own_decision",
            ),
        ]

    def __str__(self):
        return f"{self.attempt_id} {self.slot or ''}".strip()


class KeyChange(AuditedModel):
    """A question that turned out wrong: void, with more right answers or another key; never changed once approved.

    ``detail`` is what ``exams.rules.rekeying`` reads. Without a ``version`` it concerns every version of the question.
    It is in force from its approval; ``applied_at`` says that every result there was before is graded again.
    """

    question = models.ForeignKey("exams.Question", models.PROTECT, related_name="key_changes")
    version = models.ForeignKey("exams.QuestionVersion", models.PROTECT, null=True, related_name="key_changes")
    kind = models.CharField(_("kind"), max_length=20, choices=KeyChangeKind)
    detail = models.JSONField(default=dict, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    proposed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    proposed_at = models.DateTimeField(_("proposed at"))
    approved_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved at"), null=True)
    refused_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    refused_at = models.DateTimeField(_("refused at"), null=True)
    applied_at = models.DateTimeField(_("applied at"), null=True)

    class Meta:
        verbose_name = _("change of a key")
        verbose_name_plural = _("changes of keys")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(version__isnull=False) | models.Q(kind="void"),
                name="only_a_void_concerns_every_version",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("proposed_by")),
                name="nobody_approves_their_own_key_change",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_at=None) | models.Q(refused_at=None),
                name="a_key_change_is_approved_or_refused",
            ),
            models.CheckConstraint(
                condition=models.Q(applied_at=None) | models.Q(approved_at__isnull=False),
                name="only_an_approved_key_change_is_applied",
            ),
        ]

    def __str__(self):
        return f"{self.version or self.question}: {self.get_kind_display()}"

    def audit_label(self) -> str:
        """The question's code and the kind of change."""
        return f"{self.question.code} {self.kind}"


class VersionStatistic(models.Model):
    """How a version did in all released exams, made anew by a task; ``exams.rules.statistics`` says what is what."""

    version = models.OneToOneField("exams.QuestionVersion", models.CASCADE, related_name="statistic")
    attempts = models.PositiveIntegerField(_("attempts"))
    facility = models.FloatField(_("facility index"), null=True)
    sd = models.FloatField(_("standard deviation"), null=True)
    random_guess = models.FloatField(_("random guess score"), null=True)
    discrimination_index = models.FloatField(_("discrimination index"), null=True)
    discriminative_efficiency = models.FloatField(_("discriminative efficiency"), null=True)
    options = models.JSONField(default=list)  # for each bank position: chosen by, of the best, of the weakest
    computed_at = models.DateTimeField(_("computed at"))

    class Meta:
        verbose_name = _("figures of a question")
        verbose_name_plural = _("figures of questions")

    def __str__(self):
        return f"{self.version_id}"


class AnomalyHint(AuditedModel):
    """Something improbable about one attempt, or a pair (``attempt``, ``other``): for a person to look at, no more."""

    sitting = models.ForeignKey("exams.Sitting", models.PROTECT, related_name="hints")
    kind = models.CharField(_("kind"), max_length=30, choices=HintKind)
    attempt = models.ForeignKey("exams.Attempt", models.PROTECT, related_name="+")
    other = models.ForeignKey("exams.Attempt", models.PROTECT, null=True, related_name="+")
    figures = models.JSONField(default=dict)
    found_at = models.DateTimeField(_("found at"))
    looked_at = models.DateTimeField(_("looked at"), null=True)
    looked_at_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("hint")
        verbose_name_plural = _("hints")
        ordering = ["-found_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "attempt", "other"], name="one_hint_per_pair"),
            models.UniqueConstraint(
                fields=["kind", "attempt"], condition=models.Q(other=None), name="one_hint_per_attempt"
            ),
            models.CheckConstraint(
                condition=models.Q(looked_at=None, looked_at_by=None)
                | (models.Q(looked_at__isnull=False, looked_at_by__isnull=False) & ~models.Q(note="")),
                name="who_looked_at_a_hint_left_a_note",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.sitting_id}"

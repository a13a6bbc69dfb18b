"""What happens in the room while candidates sit: time given, words to them, incidents, what their pages noticed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel
from core.models import AppendOnlyModel
from exams.enums import IncidentKind, IntegrityKind


class Allowance(AppendOnlyModel):
    """Seconds given to one attempt, by whom and why; of an interruption with the interval that it makes up for."""

    attempt = models.ForeignKey("exams.Attempt", models.PROTECT, related_name="allowances")
    seconds = models.PositiveIntegerField(_("seconds"))
    reason = models.CharField(_("reason"), max_length=200)
    since = models.DateTimeField(_("from"), null=True)
    until = models.DateTimeField(_("until"), null=True)
    given_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField(_("given at"))

    class Meta:
        verbose_name = _("allowance")
        verbose_name_plural = _("allowances")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(seconds__gt=0), name="an_allowance_gives_time"),
            models.CheckConstraint(condition=~Q(reason=""), name="an_allowance_has_a_reason"),
            models.CheckConstraint(
                condition=Q(since=None, until=None) | Q(since__lt=F("until")), name="an_interruption_begins_and_ends"
            ),
        ]

    def __str__(self):
        return f"+{self.seconds} s"


class SittingMessage(AuditedModel):
    """Words of the invigilator to one candidate, or to the whole room where ``attempt`` is None."""

    sitting = models.ForeignKey("exams.Sitting", models.CASCADE, related_name="messages")
    attempt = models.ForeignKey("exams.Attempt", models.CASCADE, null=True, related_name="messages")
    text = models.CharField(_("message"), max_length=300)
    sent_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(_("sent at"))

    class Meta:
        verbose_name = _("message to candidates")
        verbose_name_plural = _("messages to candidates")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_message_says_something")]

    def __str__(self):
        return self.text[:40]


class Incident(AuditedModel):
    """A line in the record of the room, about one candidate or about the room as a whole."""

    sitting = models.ForeignKey("exams.Sitting", models.PROTECT, related_name="incidents")
    attempt = models.ForeignKey("exams.Attempt", models.PROTECT, null=True, related_name="incidents")
    kind = models.CharField(_("kind"), max_length=20, choices=IncidentKind)
    text = models.CharField(_("what happened"), max_length=500)
    noted_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    noted_at = models.DateTimeField(_("noted at"))

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="an_incident_says_what_happened")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.text[:40]}"


class IntegrityEvent(models.Model):
    """What the candidate's page noticed, and for how many seconds: something to look at, never a verdict."""

    attempt = models.ForeignKey("exams.Attempt", models.CASCADE, related_name="integrity_events")
    kind = models.CharField(_("kind"), max_length=20, choices=IntegrityKind)
    at = models.DateTimeField(_("when"))
    seconds = models.PositiveIntegerField(_("seconds"), null=True)

    class Meta:
        verbose_name = _("integrity event")
        verbose_name_plural = _("integrity events")
        ordering = ["pk"]

    def __str__(self):
        return self.get_kind_display()


class Presence(models.Model):
    """When the candidate's page last asked; a table of its own, so that asking never locks the attempt."""

    attempt = models.OneToOneField("exams.Attempt", models.CASCADE, primary_key=True, related_name="presence")
    seen_at = models.DateTimeField(_("last seen"))

    class Meta:
        verbose_name = _("presence")

    def __str__(self):
        return f"{self.seen_at:%H:%M:%S}"

"""Where and when candidates sit."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel
from exams.enums import LatePolicy, ReleasePolicy, SittingKind, Takeover
from exams.rules import access


class ExamPoint(AuditedModel):
    """考试点."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    address = models.CharField(_("address"), max_length=200)

    class Meta:
        verbose_name = _("exam point")
        verbose_name_plural = _("exam points")

    def __str__(self):
        return self.name


class Room(AuditedModel):
    """考场."""

    point = models.ForeignKey(ExamPoint, models.CASCADE, related_name="rooms")
    name = models.CharField(_("name"), max_length=40)
    seats = models.PositiveSmallIntegerField(_("seats"))

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        constraints = [models.UniqueConstraint(fields=["point", "name"], name="one_room_per_name")]

    def __str__(self):
        return f"{self.point} {self.name}"

    def clean(self):
        """Refuse fewer seats than an exam to come or under way has given out (one query)."""
        sits = models.Q(admissions__cancelled_at=None, admissions__attempt__status__in=["scheduled", "in_progress"])
        given = self.sittings.filter(sits).annotate(taken=models.Count("admissions", filter=sits)) if self.pk else []
        taken = max((sitting.taken for sitting in given), default=0)
        if self.seats is not None and self.seats < taken:
            raise ValidationError({"seats": _("%(taken)s seats are given out in an exam to come.") % {"taken": taken}})


class Sitting(AuditedModel):
    """考次: one theory exam in one room with its window, rules and the code the invigilator reads out.

    ``ip_ranges`` (CIDR) and ``seb_keys`` (Safe Exam Browser config keys), one a line, say from where it may be taken;
    empty means from anywhere. Where the room ``starts_together``, an invigilator starts everybody who has checked in.
    """

    hidden: ClassVar[frozenset[str]] = frozenset({"passcode", "seb_keys"})

    kind = models.CharField(_("kind"), max_length=20, choices=SittingKind, default=SittingKind.CERTIFYING)
    title = models.CharField(_("title"), max_length=120)
    rule = models.ForeignKey("exams.OperationRule", models.PROTECT, related_name="sittings", verbose_name=_("rules"))
    blueprint = models.ForeignKey(
        "exams.Blueprint", models.PROTECT, related_name="sittings", verbose_name=_("blueprint")
    )
    room = models.ForeignKey(Room, models.PROTECT, related_name="sittings", verbose_name=_("room"))
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes at"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    grace_seconds = models.PositiveSmallIntegerField(_("grace in seconds"), default=30)
    late_policy = models.CharField(_("late start"), max_length=20, choices=LatePolicy, default=LatePolicy.WINDOW_WINS)
    passcode = models.CharField(_("code read out in the room"), max_length=12, blank=True)
    booking_opens_at = models.DateTimeField(_("booking opens at"), null=True, blank=True)
    booking_closes_at = models.DateTimeField(_("booking closes at"), null=True, blank=True)
    takeover = models.CharField(_("another device"), max_length=20, choices=Takeover, default=Takeover.NEWEST)
    needs_check_in = models.BooleanField(_("candidates check in first"), default=False)
    starts_together = models.BooleanField(_("the invigilator starts the room"), default=False)
    ip_ranges = models.TextField(
        _("addresses of the room"), blank=True, help_text=_("One network a line, as 10.1.2.0/24.")
    )
    seb_keys = models.TextField(_("Safe Exam Browser keys"), blank=True, help_text=_("One config key a line."))
    calculator = models.BooleanField(_("calculator allowed"), default=False)
    full_screen = models.BooleanField(_("asks for the full screen"), default=False)
    release_policy = models.CharField(
        _("results"), max_length=20, choices=ReleasePolicy, default=ReleasePolicy.BY_OFFICER
    )
    room_started_at = models.DateTimeField(_("room started at"), null=True, blank=True, editable=False)
    seats_drawn_at = models.DateTimeField(_("seats drawn at"), null=True, blank=True, editable=False)
    released_at = models.DateTimeField(_("results released at"), null=True, blank=True, editable=False)
    released_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+", editable=False)
    results_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    appeal_days = models.PositiveSmallIntegerField(_("days for appeals after the release"), default=5)

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="sitting_closes_after_open"
            ),
            models.CheckConstraint(
                condition=models.Q(booking_opens_at=None)
                | models.Q(booking_closes_at=None)
                | models.Q(booking_closes_at__gt=models.F("booking_opens_at")),
                name="booking_closes_after_it_opens",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def shows_results(self) -> bool:
        """Say whether a graded candidate may see score, key and explanations."""
        return self.released_at is not None or self.release_policy == ReleasePolicy.AT_ONCE

    @property
    def books_until(self):
        """When booking ends: without a moment of its own, with the sitting."""
        return self.booking_closes_at or self.closes_at

    def takes_bookings(self, now) -> bool:
        """Say whether a seat may be booked, moved or given back at ``now``."""
        return (self.booking_opens_at is None or self.booking_opens_at <= now) and now < self.books_until

    def clean(self):
        """Refuse rules that do not hold on the day, another operation's blueprint, and what is no network."""
        if bad := access.bad_networks(self.ip_ranges):
            raise ValidationError({"ip_ranges": _("This is no network: %(line)s") % {"line": bad[0]}})
        if not hasattr(self, "rule") or not self.opens_at:
            return
        if not self.rule.scheme.in_force_on(timezone.localdate(self.opens_at)):
            raise ValidationError({"rule": _("These rules are not in force on the day of the sitting.")})
        if self.kind == SittingKind.CERTIFYING and not self.rule.operation.category.certifies:
            raise ValidationError({"kind": _("Nothing certifies this operation: it has training and mock exams only.")})
        if hasattr(self, "blueprint") and self.blueprint.operation_id != self.rule.operation_id:
            raise ValidationError({"blueprint": _("This blueprint is of another operation than the rules.")})

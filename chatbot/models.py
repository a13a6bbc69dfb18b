"""What was asked, masked, and how it was answered."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .chat_settings import ChatSettings, QuickQuestion
from .editorial import CuratedAnswer, Gap, GapMember, GapSearch, WeeklyReport
from .enums import AnswerKind, Channel, Complaint
from .tickets import MAX_MESSAGE, MAX_QUESTION, Message, Ticket
from .triaging import TriageRule

__all__ = [
    "MAX_MESSAGE",
    "MAX_QUESTION",
    "ChatSettings",
    "Conversation",
    "CuratedAnswer",
    "Gap",
    "GapMember",
    "GapSearch",
    "Message",
    "QuickQuestion",
    "Ticket",
    "TriageRule",
    "Turn",
    "WeeklyReport",
]


class Conversation(models.Model):
    """Questions of one visitor in a row; only who started it goes on with it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField(_("started at"))

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")

    def __str__(self):
        return str(self.pk)


class Turn(models.Model):
    """One question and what kind of answer it got."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="turns")
    key = models.UUIDField(_("key"), null=True, unique=True, editable=False)  # who asks makes it: again is the same
    question = models.CharField(
        _("question asked"), max_length=MAX_QUESTION, help_text=_("Personal numbers are masked.")
    )
    kind = models.CharField(_("kind of answer"), max_length=8, choices=AnswerKind)
    article = models.CharField(_("article"), max_length=120, blank=True)
    confidence = models.FloatField(_("confidence"), null=True, blank=True)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    asked_at = models.DateTimeField(_("asked at"))
    ms = models.PositiveIntegerField(_("milliseconds"))
    helped = models.BooleanField(_("helped"), null=True, blank=True, help_text=_("What who asked said of the answer."))
    complaint = models.CharField(_("complaint"), max_length=10, choices=Complaint, blank=True)
    said = models.JSONField(_("answer given"), default=dict, editable=False)  # for whoever lost its connection

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        indexes = [
            models.Index(fields=["kind", "asked_at"], name="chatbot_turn_kind_asked"),
            models.Index(fields=["asked_at"], name="chatbot_turn_asked"),
        ]
        constraints = [
            models.CheckConstraint(
                name="chatbot_turn_kind", condition=models.Q(kind__in=[kind.value for kind in AnswerKind])
            ),
            models.CheckConstraint(
                name="chatbot_turn_confidence",
                condition=models.Q(confidence=None) | models.Q(confidence__gte=0, confidence__lte=1),
            ),
            models.CheckConstraint(
                name="chatbot_turn_complaint",
                condition=models.Q(complaint="")
                | models.Q(helped=False, complaint__in=[complaint.value for complaint in Complaint]),
            ),
        ]

    def __str__(self):
        return self.question

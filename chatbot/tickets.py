"""Questions for a person: tickets of the staff desk, and what both sides wrote. Part of ``chatbot.models``."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel
from core.encryption import EncryptedTextField

from .enums import TICKET_EDGES, TicketState

MAX_QUESTION = 500
MAX_MESSAGE = 1000
MAX_CONTACT = 100


class WrongState(Exception):
    """The ticket has moved on; what was asked for cannot be done any more."""


class Ticket(AuditedModel):
    """What a visitor wants a person to answer; there is one unfinished ticket in a conversation at most."""

    unaudited: ClassVar[frozenset[str]] = frozenset({"question", "seen_at"})
    hidden: ClassVar[frozenset[str]] = frozenset({"contact"})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(
        "chatbot.Conversation", models.CASCADE, related_name="tickets", verbose_name=_("conversation")
    )
    question = models.CharField(
        _("question left"), max_length=MAX_QUESTION, blank=True, help_text=_("Personal numbers are masked.")
    )
    contact = EncryptedTextField(_("how to be reached"), blank=True)
    state = models.CharField(_("state"), max_length=8, choices=TicketState, default=TicketState.OPEN)
    opened_at = models.DateTimeField(_("left at"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("taken by")
    )
    moved_at = models.DateTimeField(_("last step at"))
    seen_at = models.DateTimeField(_("last looked at by the visitor"), null=True, blank=True)
    draft = models.ForeignKey(
        "kb.Article", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("draft article")
    )

    class Meta:
        verbose_name = _("question for a person")
        verbose_name_plural = _("questions for a person")
        ordering = ["-moved_at"]
        indexes = [models.Index(fields=["state", "moved_at"], name="chatbot_ticket_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"],
                condition=~models.Q(state="closed"),
                name="chatbot_one_unfinished_ticket",
            ),
            models.CheckConstraint(
                name="chatbot_ticket_state", condition=models.Q(state__in=[state.value for state in TicketState])
            ),
        ]

    def __str__(self):
        return f"{_('question for a person')} {str(self.pk)[:8]}"

    def move_to(self, state: TicketState, **values) -> None:
        """Take the step and keep it.

        :raises WrongState: the ticket has no such edge.
        """
        if state not in TICKET_EDGES[TicketState(self.state)]:
            raise WrongState(self.state)
        self.state = state
        for name, value in values.items():
            setattr(self, name, value)
        self.save(update_fields=["state", *values])


class Message(models.Model):
    """One message between visitor and desk; ``key`` is made by who writes, so that sending twice is once."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="messages")
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    from_desk = models.BooleanField(_("from the desk"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.CharField(_("text"), max_length=MAX_MESSAGE)
    sent_at = models.DateTimeField(_("sent at"))
    seen_at = models.DateTimeField(_("seen at"), null=True, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="chatbot_only_the_desk_has_authors",
                condition=models.Q(from_desk=True) | models.Q(author=None),
            )
        ]

    def __str__(self):
        return self.text[:40]

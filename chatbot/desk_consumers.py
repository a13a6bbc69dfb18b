"""The sockets of the desk: pages are told that something changed and fetch it; who types is passed on."""

import time

from django.utils import timezone

from core.addresses import address_of_scope
from core.sockets import UNSUPPORTED, ChangeConsumer, session_user

from . import limits, pushing
from .queries import desk

TYPING_EVERY_S = 1.0
TYPING = '{"typing":true}'


class TypingConsumer(ChangeConsumer):
    """A page of one ticket: it hears of changes and says only that somebody types."""

    side = ""
    typed_at = 0.0

    def group_name(self) -> str:
        return pushing.group_of(self.ticket_id)

    @property
    def ticket_id(self):
        """The ticket that the address names."""
        return self.scope["url_route"]["kwargs"]["ticket_id"]

    async def receive(self, text_data=None, bytes_data=None):
        if text_data is None or "".join(text_data[:40].split()) != TYPING:
            return await self.close(UNSUPPORTED)
        moment = time.monotonic()
        if moment - self.typed_at < TYPING_EVERY_S:
            return None
        self.typed_at = moment
        return await self.channel_layer.group_send(self.group, {"type": "typing", "side": self.side})

    async def typing(self, event):
        if event["side"] != self.side:
            await self.send_json({"typing": True})


class TicketConsumer(TypingConsumer):
    """The visitor's page of a ticket; of a logged-in conversation only its user's."""

    side = "visitor"
    counted = False

    def is_allowed(self) -> bool:
        if not self.counted:
            self.counted = True
            if not limits.may_connect(address=address_of_scope(self.scope), now=timezone.now()):
                return False
        return desk.ticket_of(ticket=self.ticket_id, by=session_user(self.scope)) is not None


class DeskTicketConsumer(TypingConsumer):
    """The desk's page of a ticket."""

    side = "desk"

    def is_allowed(self) -> bool:
        return _works_here(self.scope)


class DeskConsumer(ChangeConsumer):
    """The desk's list."""

    def group_name(self) -> str:
        return pushing.DESK

    def is_allowed(self) -> bool:
        return _works_here(self.scope)


def _works_here(scope) -> bool:
    user = session_user(scope)
    return user is not None and desk.works_here(user)

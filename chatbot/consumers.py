"""The bot over a WebSocket: a question comes in, the answer streams out piece by piece.

A question has its asker's own key as ``id``. Sent again under it after a break, with ``have`` characters of the answer
there already, it gets the rest: each ``delta`` says ``at`` which character it begins.
"""

import asyncio
import json
import time
from collections import deque

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.addresses import address_of_scope
from core.sockets import cookies_of, session_user

from . import limits
from .actions import asking
from .enums import Channel
from .keys import uuid_or_none
from .rules.answers import Answer
from .rules.keeping import shown
from .rules.streaming import pieces_from

MAX_FRAME_BYTES = 4096
IDLE_S = 600
SEND_S = 10  # a reader that takes longer for one frame is not reading
NORMAL, TOO_LARGE, UNSUPPORTED, POLICY = 1000, 1009, 1003, 1008  # RFC 6455, 7.4.1


class ChatConsumer(AsyncJsonWebsocketConsumer):
    """One visitor's chat; open to everybody, the Origin is checked before."""

    channel_layer_alias = None  # nobody pushes to it, so it needs no Redis

    async def connect(self):
        self.address = address_of_scope(self.scope)
        self.language = _language(self.scope)
        self.asked_at = deque(maxlen=limits.QUESTIONS)
        self.idle = None
        if await _in_thread(limits.may_connect, address=self.address):
            await self.accept()
            self._restart_idle_timer()
        else:
            await self.close()

    async def disconnect(self, code):
        if self.idle:
            self.idle.cancel()

    async def receive(self, text_data=None, bytes_data=None):
        self._restart_idle_timer()
        if text_data is None:
            await self.close(UNSUPPORTED)
        elif len(text_data.encode(errors="replace")) > MAX_FRAME_BYTES:
            await self.close(TOO_LARGE)
        elif not await self._may_ask():
            await self.refuse(_("Too many questions. Wait a minute and ask again."))
            await self.close(POLICY)
        else:
            await self.answer(text_data)

    async def answer(self, frame: str) -> None:
        try:
            body = json.loads(frame)
            question, conversation = body["question"], uuid_or_none(body.get("conversation"))
            key, have = uuid_or_none(body.get("id")), body.get("have", 0)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return await self.refuse(_("Type a question."))
        if not isinstance(question, str):
            return await self.refuse(_("Type a question."))
        name = {"id": str(key)} if key else {}
        await self.send_json({"type": "typing", **name})
        try:
            answer = await _in_thread(self._ask, question=question, conversation=conversation, key=key)
        except asking.BadQuestion as bad:
            return await self.refuse(str(bad), **name)
        return await self.stream(answer, have if isinstance(have, int) else 0)

    async def stream(self, answer: Answer, have: int = 0) -> None:
        name, body = {"id": answer.turn}, shown(answer)
        head = {"conversation": answer.conversation, "kind": body.pop("kind"), "calls": body.pop("calls")}
        await self.send_json({"type": "start", **name, **head})
        for at, piece in pieces_from(answer.text, have):
            await self.send_json({"type": "delta", **name, "at": at, "text": piece})
        await self.send_json({"type": "end", **name, **body, "conversation": answer.conversation})

    async def refuse(self, message: str, **name) -> None:
        await self.send_json({"type": "error", **name, "message": message})

    async def send(self, text_data=None, bytes_data=None, close=False):
        async with asyncio.timeout(SEND_S):
            await super().send(text_data, bytes_data, close)

    def _ask(self, *, question, conversation, key, now) -> Answer:
        about = {"question": question, "conversation": conversation, "key": key}
        with translation.override(self.language):
            return asking.ask(**about, channel=Channel.SOCKET, by=session_user(self.scope), now=now)

    async def _may_ask(self) -> bool:
        moment = time.monotonic()
        if len(self.asked_at) == limits.QUESTIONS and moment - self.asked_at[0] < limits.WINDOW_S:
            return False
        self.asked_at.append(moment)
        return await _in_thread(limits.may_ask, address=self.address)

    def _restart_idle_timer(self) -> None:
        if self.idle:
            self.idle.cancel()
        self.idle = asyncio.get_running_loop().call_later(IDLE_S, lambda: asyncio.ensure_future(self.close(NORMAL)))


async def _in_thread(function, **arguments):
    """Run it in a thread of its own kind: one slow question must not hold up the other visitors."""
    return await database_sync_to_async(function, thread_sensitive=False)(**arguments, now=timezone.now())


def _language(scope) -> str:
    """Return the language that a page with the same cookies would have."""
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    request = HttpRequest()
    request.COOKIES = cookies_of(scope)
    request.META["HTTP_ACCEPT_LANGUAGE"] = headers.get(b"accept-language", "")
    return translation.get_language_from_request(request) or settings.LANGUAGE_CODE

"""The bot over a WebSocket: a question comes in, the answer streams out piece by piece."""

import asyncio
import json
import time
from collections import deque
from dataclasses import asdict

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings
from django.http import HttpRequest, parse_cookie
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.addresses import address_of_scope

from . import limits
from .actions import asking
from .enums import Channel
from .rules.answers import Answer
from .rules.streaming import pieces
from .views import uuid_or_none

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
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return await self.refuse(_("Type a question."))
        if not isinstance(question, str):
            return await self.refuse(_("Type a question."))
        try:
            answer = await _in_thread(self._ask, question=question, conversation=conversation)
        except asking.BadQuestion as bad:
            return await self.refuse(str(bad))
        return await self.stream(answer)

    async def stream(self, answer: Answer) -> None:
        body = asdict(answer)
        head = {name: body[name] for name in ("conversation", "kind", "calls")}
        await self.send_json({"type": "start", **head})
        for piece in pieces(answer.text):
            await self.send_json({"type": "delta", "text": piece})
        tail = {name: body[name] for name in ("text", "citations", "choices", "conversation")}
        await self.send_json({"type": "end", **tail})

    async def refuse(self, message: str) -> None:
        await self.send_json({"type": "error", "message": message})

    async def send(self, text_data=None, bytes_data=None, close=False):
        async with asyncio.timeout(SEND_S):
            await super().send(text_data, bytes_data, close)

    def _ask(self, *, question, conversation, now) -> Answer:
        with translation.override(self.language):
            return asking.ask(question=question, conversation=conversation, channel=Channel.SOCKET, by=None, now=now)

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
    request.COOKIES = parse_cookie(headers.get(b"cookie", ""))
    request.META["HTTP_ACCEPT_LANGUAGE"] = headers.get(b"accept-language", "")
    return translation.get_language_from_request(request) or settings.LANGUAGE_CODE

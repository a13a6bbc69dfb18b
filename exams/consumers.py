"""The consoles of a sitting: they are told that something changed, and fetch it themselves."""

import asyncio
from importlib import import_module

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, parse_cookie

from .pushing import group_of
from .queries.invigilation import sittings_of

RECHECK_S = 5  # whoever is logged out, disabled or taken off duty hears nothing after that
SEND_S = 10  # a reader that takes longer for one frame is not reading
UNSUPPORTED, POLICY = 1003, 1008  # RFC 6455, 7.4.1


class ConsoleConsumer(AsyncJsonWebsocketConsumer):
    """One open console; for whoever is on duty in the sitting, the Origin is checked before."""

    watch = None
    group = None

    async def connect(self):
        self.sitting_id = self.scope["url_route"]["kwargs"]["sitting_id"]
        if not await self._on_duty():
            return await self.close(POLICY)
        self.group = group_of(self.sitting_id)
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()
        self.watch = asyncio.ensure_future(self._recheck())
        return None

    async def disconnect(self, code):
        if self.watch:
            self.watch.cancel()
        if self.group:
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive(self, text_data=None, bytes_data=None):
        await self.close(UNSUPPORTED)  # nobody has anything to say here

    async def changed(self, event):
        await self.send_json({"changed": True})

    async def send(self, text_data=None, bytes_data=None, close=False):
        async with asyncio.timeout(SEND_S):
            await super().send(text_data, bytes_data, close)

    async def _recheck(self) -> None:
        while True:
            await asyncio.sleep(RECHECK_S)
            if not await self._on_duty():
                return await self.close(POLICY)

    async def _on_duty(self) -> bool:
        check = database_sync_to_async(_is_on_duty, thread_sensitive=False)
        return await check(_session_key(self.scope), self.sitting_id)


def _session_key(scope) -> str:
    cookies = b"; ".join(value for name, value in scope["headers"] if name == b"cookie").decode("latin-1")
    return parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME, "")


def _is_on_duty(session_key: str, sitting_id: int) -> bool:
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = get_user(request)
    return user.is_authenticated and sittings_of(user).filter(pk=sitting_id).exists()

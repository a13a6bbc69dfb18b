"""Sockets that only say "something changed", and who is behind one."""

import asyncio
from importlib import import_module

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, parse_cookie

RECHECK_S = 5  # whoever is logged out, disabled or no longer concerned hears nothing after that
SEND_S = 10  # a reader that takes longer for one frame is not reading
UNSUPPORTED, POLICY = 1003, 1008  # RFC 6455, 7.4.1


def cookies_of(scope) -> dict[str, str]:
    """Return the cookies that a connection came with."""
    sent = b"; ".join(value for name, value in scope["headers"] if name == b"cookie").decode("latin-1")
    return parse_cookie(sent)


def session_user(scope):
    """Return the active user whose session the connection came with, or None (up to two queries)."""
    key = cookies_of(scope).get(settings.SESSION_COOKIE_NAME, "")
    if not key:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user = get_user(request)
    return user if user.is_authenticated and user.is_active else None


class ChangeConsumer(AsyncJsonWebsocketConsumer):
    """One page that is told of changes; a subclass says of which group, and who may hear."""

    watch = None
    group = ""

    def group_name(self) -> str:
        """Return the group whose changes the page hears of."""
        raise NotImplementedError

    def is_allowed(self) -> bool:
        """Say whether whoever is connected may hear; asked again every five seconds, in a thread."""
        raise NotImplementedError

    async def connect(self):
        if not await self._asked():
            return await self.close(POLICY)
        self.group = self.group_name()
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
            if not await self._asked():
                return await self.close(POLICY)

    async def _asked(self) -> bool:
        return await database_sync_to_async(self.is_allowed, thread_sensitive=False)()

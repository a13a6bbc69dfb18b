"""A WebSocket client in front of the real ASGI application, on asgiref's communicator.

channels.testing brings the same but does not import without Daphne, which this project does not serve with.
"""

import json

from asgiref.testing import ApplicationCommunicator

from config.asgi import application

TIMEOUT_S = 5


class Socket(ApplicationCommunicator):
    """One visitor's connection, to the chat unless told otherwise."""

    def __init__(self, *, address="10.0.0.1", origin=b"http://testserver", headers=(), path="/ws/chat/"):
        scope = {
            "type": "websocket",
            "path": path,
            "query_string": b"",
            "headers": [(b"host", b"testserver"), (b"origin", origin), *headers],
            "client": [address, 5000],
            "subprotocols": [],
        }
        super().__init__(application, scope)

    async def connect(self) -> bool:
        """Say whether the server accepts the connection."""
        await self.send_input({"type": "websocket.connect"})
        return (await self.receive_output(TIMEOUT_S))["type"] == "websocket.accept"

    async def disconnect(self) -> None:
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait(TIMEOUT_S)

    async def send(self, *, text: str | None = None, data: bytes | None = None) -> None:
        await self.send_input({"type": "websocket.receive", "text": text, "bytes": data})

    async def read(self) -> dict:
        """Return the next frame's JSON, or the close message."""
        output = await self.receive_output(TIMEOUT_S)
        return json.loads(output["text"]) if output["type"] == "websocket.send" else output

    async def receive_nothing(self, seconds: float = 0.05) -> bool:
        """Say whether nothing comes for so long."""
        return await super().receive_nothing(timeout=seconds)

    async def ask(self, **body) -> list[dict]:
        """Send one question and return every frame of its answer after the word that somebody is at it."""
        await self.send(text=json.dumps(body))
        frames = [await self.read()]
        if frames[0].get("type") == "typing":
            frames = [await self.read()]
        while frames[-1]["type"] not in ("end", "error"):
            frames.append(await self.read())
        return frames

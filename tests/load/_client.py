"""A small HTTP client for load: connections that stay open, as a proxy's upstream ones do; costs little CPU itself."""

import asyncio
import json
import time
from collections import deque
from dataclasses import dataclass, field


@dataclass
class Reply:
    """``status`` is 0 where the connection broke; ``seconds`` include the wait for a free connection."""

    status: int
    body: bytes = b""
    seconds: float = 0.0
    location: str = ""
    cookies: dict[str, str] = field(default_factory=dict)

    def json(self) -> dict:
        return json.loads(self.body)


class Pool:
    """At most ``size`` connections to one server."""

    def __init__(self, port: int, size: int, timeout: float = 30.0):
        self.port, self.timeout = port, timeout
        self.free: deque = deque()
        self.gate = asyncio.Semaphore(size)

    async def ask(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Reply:
        """Send one request and read its reply; never raises for what the network does."""
        begun = time.perf_counter()
        lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        request = "\r\n".join(lines).encode() + b"\r\n\r\n" + body
        async with self.gate:
            try:
                reply = await asyncio.wait_for(self._once(request), self.timeout)
            except (TimeoutError, OSError, asyncio.IncompleteReadError, ValueError, IndexError):
                reply = Reply(0)
        reply.seconds = time.perf_counter() - begun
        return reply

    async def _once(self, request: bytes) -> Reply:
        reader, writer = self.free.popleft() if self.free else await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(request)
            reply, keep = await _read(reader)
        except BaseException:
            writer.close()
            raise
        if keep:
            self.free.append((reader, writer))
        else:
            writer.close()
        return reply


async def _read(reader: asyncio.StreamReader) -> tuple[Reply, bool]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    reply, length, keep = Reply(int(head[0].split(" ", 2)[1])), 0, True
    for line in head[1:]:
        name, _, value = line.partition(": ")
        match name.lower():
            case "content-length":
                length = int(value)
            case "location":
                reply.location = value
            case "connection":
                keep = value.lower() != "close"
            case "set-cookie":
                key, _, rest = value.partition("=")
                reply.cookies[key] = rest.partition(";")[0]
            case "transfer-encoding":
                raise ValueError("chunked replies are not read here")
    reply.body = await reader.readexactly(length) if length else b""
    return reply, keep

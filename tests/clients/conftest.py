"""A program, its administrator, and a receiver that behaves badly on request."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from accounts.enums import Role
from clients.actions import keys
from clients.enums import Scope
from clients.models import Client


@pytest.fixture
def administrator(staff):
    return staff(Role.ADMINISTRATOR)


@pytest.fixture
def program(db):
    return Client.objects.create(name="省平台", contact="张三 0532-12345678")


@pytest.fixture
def key_with(program, administrator, at):
    """Return a function from scopes to the text of a key that counts for a year."""

    def make(*scopes: Scope, clock: str = "08:00") -> str:
        now = at(clock)
        wanted = scopes or tuple(Scope)
        return keys.issue(
            client=program, scopes=wanted, expires_at=now + timedelta(days=365), by=administrator, now=now
        )[1]

    return make


class Receiver(BaseHTTPRequestHandler):
    """Notes what comes and answers with the next status of ``server.statuses``, the last again and again."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers), body))
        status = self.server.statuses.pop(0) if len(self.server.statuses) > 1 else self.server.statuses[0]
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def receiver(settings):
    """A receiver on this machine: ``url``, ``got`` as (headers, body), ``statuses`` to answer with."""
    settings.WEBHOOK_PRIVATE_ADDRESSES = True
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.got, server.statuses = [], [200]
    server.url = f"http://127.0.0.1:{server.server_port}/hook"
    server.told = lambda: [json.loads(body) for _, body in server.got]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()

"""A WeChat service of our own: tokens expire, windows close, quotas run out, errors have WeChat's codes.

``FakeWechat`` holds the state; ``serve`` puts it behind a real HTTP server, ``FakeWechatApi`` is the port without HTTP.
"""

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from wechat.ports import TRY_LATER, WechatRefused, WechatUnavailable

APP_ID, SECRET = "wx0123456789abcdef", "secret for tests"
TOKEN_LIFE = timedelta(seconds=7200)


@dataclass
class Follower:
    """What WeChat knows of one follower."""

    opened_at: datetime
    by_event: bool = False
    sent: int = 0
    follows: bool = True


@dataclass
class FakeWechat:
    """The service's state; ``now`` is its clock, to be moved by tests."""

    now: datetime = field(default_factory=lambda: datetime(2026, 11, 23, 10, tzinfo=UTC))
    followers: dict[str, Follower] = field(default_factory=dict)
    sent: list[tuple[str, str]] = field(default_factory=list)
    tokens: dict[str, datetime] = field(default_factory=dict)
    token: str = ""
    token_calls: int = 0
    forced: list[datetime] = field(default_factory=list)
    errors: list[int] = field(default_factory=list)
    status: int = 200
    raw: list[bytes] = field(default_factory=list)

    def wrote(self, openid: str, *, by_event: bool = False) -> None:
        """A follower writes to the account (or follows it): the window opens anew."""
        self.followers[openid] = Follower(self.now, by_event)

    def revoke(self) -> None:
        """Someone else forced a refresh: our token is worth nothing, the next call gets the new one."""
        self.tokens = {}

    def stable_token(self, body: dict) -> dict:
        self.token_calls += 1
        if body.get("grant_type") != "client_credential":
            return {"errcode": 40002, "errmsg": "invalid grant_type"}
        if body.get("appid") != APP_ID:
            return {"errcode": 40013, "errmsg": "invalid appid"}
        if body.get("secret") != SECRET:
            return {"errcode": 40125, "errmsg": "invalid appsecret"}
        if body.get("force_refresh"):
            today = [at for at in self.forced if at > self.now - timedelta(days=1)]
            if len(today) >= 20 or (today and self.now - today[-1] < timedelta(seconds=30)):
                return {"errcode": 45009, "errmsg": "reach max api daily quota limit"}
            self.forced.append(self.now)
            self.tokens = {}
        if self.tokens.get(self.token, self.now) <= self.now:
            self.token = f"token-{self.token_calls}-" + "x" * 500
            self.tokens[self.token] = self.now + TOKEN_LIFE
        return {"access_token": self.token, "expires_in": int((self.tokens[self.token] - self.now).total_seconds())}

    def send(self, token: str, body: dict) -> dict:
        code = self._send(token, body)
        return {"errcode": code, "errmsg": "ok" if code == 0 else "no"}

    def _send(self, token: str, body: dict) -> int:
        if self.errors:
            return self.errors.pop(0)
        if token not in self.tokens:
            return 40001
        if self.tokens[token] <= self.now:
            return 42001
        follower = self.followers.get(body.get("touser", ""))
        if follower is None:
            return 40003
        if not follower.follows:
            return 43004
        if len(body["text"]["content"].encode()) > 2048:
            return 45002
        window, quota = (timedelta(minutes=1), 3) if follower.by_event else (timedelta(hours=48), 5)
        if self.now - follower.opened_at > window:
            return 45015
        if follower.sent >= quota:
            return 45047
        follower.sent += 1
        self.sent.append((body["touser"], body["text"]["content"]))
        return 0


class FakeWechatApi:
    """The port straight onto the state."""

    def __init__(self, wechat: FakeWechat):
        self.wechat = wechat

    def send_text(self, *, openid: str, text: str) -> None:
        if self.wechat.status != 200:
            raise WechatUnavailable(f"HTTP {self.wechat.status}")
        token = self.wechat.stable_token(
            {"grant_type": "client_credential", "appid": APP_ID, "secret": SECRET, "force_refresh": False}
        )["access_token"]
        code = self.wechat.send(token, {"touser": openid, "text": {"content": text}})["errcode"]
        if code in TRY_LATER:
            raise WechatUnavailable(f"errcode {code}")
        if code:
            raise WechatRefused(code)


@contextmanager
def serve(wechat: FakeWechat):
    """Yield the address of an HTTP server in front of the state."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            address = urlsplit(self.path)
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            wechat.raw.append(raw)
            body = json.loads(raw)
            if address.path == "/cgi-bin/stable_token":
                answer = wechat.stable_token(body)
            elif address.path == "/cgi-bin/message/custom/send":
                answer = wechat.send(parse_qs(address.query).get("access_token", [""])[0], body)
            else:
                answer = {"errcode": 40066, "errmsg": "invalid url"}
            self.send_response(wechat.status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *args):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

"""Play WeChat: send one signed message to a running server and print what the follower would read."""

import secrets
import time
from datetime import UTC, datetime

import httpx
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wechat.rules import crypto, messages, signature


class Command(BaseCommand):
    help = "Send a text message to a running server as WeChat would, and print the reply."

    def add_arguments(self, parser):
        parser.add_argument("--url", default=f"{settings.BASE_URL}/wechat/callback/")
        parser.add_argument("--text", required=True)
        parser.add_argument("--openid", default="o-test-follower")
        parser.add_argument("--msg-id", default="", help="the same id again plays a retry")
        parser.add_argument("--aes", action="store_true", help="encrypt, and expect an encrypted reply")

    def handle(self, *, url, text, openid, msg_id, aes, **options):
        if not settings.WECHAT_TOKEN:
            raise CommandError("WECHAT_TOKEN is not set.")
        now = datetime.now(UTC)
        body = messages.text_message(
            openid=openid, account="gh_test", content=text, msg_id=msg_id or str(secrets.randbits(62)), now=now
        )
        envelope = crypto.Envelope(settings.WECHAT_AES_KEY, settings.WECHAT_APP_ID)
        started = time.monotonic()
        try:
            query, body = _signed(body, envelope if aes else None, now)
            response = httpx.post(url, params=query, content=body.encode(), timeout=10)
        except (httpx.HTTPError, crypto.CryptoError) as error:
            raise CommandError(f"{type(error).__name__}: {error}") from error
        if response.status_code != httpx.codes.OK:
            raise CommandError(f"HTTP {response.status_code}")
        self.stderr.write(f"{time.monotonic() - started:.2f} s")
        self.stdout.write(_read(response.content, envelope if aes else None))


def _signed(body: str, envelope: crypto.Envelope | None, now: datetime) -> tuple[dict[str, str], str]:
    timestamp, nonce = str(int(now.timestamp())), secrets.token_hex(8)
    query = {"timestamp": timestamp, "nonce": nonce}
    query["signature"] = signature.sign(settings.WECHAT_TOKEN, timestamp, nonce)
    if envelope is None:
        return query, body
    encrypted = envelope.seal(body)
    query["encrypt_type"] = "aes"
    query["msg_signature"] = signature.sign(settings.WECHAT_TOKEN, timestamp, nonce, encrypted)
    return query, f"<xml><Encrypt>{messages.cdata(encrypted)}</Encrypt></xml>"


def _read(body: bytes, envelope: crypto.Envelope | None) -> str:
    if body in (b"success", b""):
        return "success"
    fields = messages.read_xml(body)
    if envelope is None:
        return fields["Content"]
    signed = (settings.WECHAT_TOKEN, fields["TimeStamp"], fields["Nonce"], fields["Encrypt"])
    if not signature.matches(fields["MsgSignature"], *signed):
        raise CommandError("The reply is not signed with our token.")
    return messages.read_xml(envelope.open(fields["Encrypt"]).encode())["Content"]

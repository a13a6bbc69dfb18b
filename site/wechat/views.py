"""The address that WeChat calls."""

import logging

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from .actions import inbound
from .rules import callback as rules
from .rules import messages
from .rules.crypto import CryptoError, Envelope

logger = logging.getLogger(__name__)

REFUSALS = (rules.Refused, CryptoError, messages.Unreadable, inbound.Replayed)


@csrf_exempt  # WeChat signs its requests itself
@require_http_methods(["GET", "POST"])
def callback(request):
    if not settings.WECHAT_TOKEN:
        raise Http404
    try:
        return _greet(request) if request.method == "GET" else _receive(request)
    except REFUSALS as refusal:
        logger.warning("callback refused: %s", type(refusal).__name__)
        return HttpResponse(status=403, content_type="text/plain")


def _greet(request) -> HttpResponse:
    echo = rules.greet(request.GET, token=settings.WECHAT_TOKEN, envelope=_envelope(), now=request.now)
    return HttpResponse(echo, content_type="text/plain")


def _receive(request) -> HttpResponse:
    token, envelope, now = settings.WECHAT_TOKEN, _envelope(), request.now
    body = request.read(messages.MAX_BODY_BYTES + 1)
    opened = rules.open_message(request.GET, body, token=token, envelope=envelope, now=now)
    message = opened.message
    text = inbound.respond(message=message, stamp=opened.stamp, now=now)
    if not text:
        return HttpResponse("success", content_type="text/plain")
    reply = messages.text_reply(to=message.openid, account=message.account, content=text, now=now)
    if opened.sealed:
        reply = rules.seal(reply, token=token, envelope=envelope, nonce=request.GET["nonce"], now=now)
    return HttpResponse(reply, content_type="application/xml; charset=utf-8")


def _envelope() -> Envelope:
    return Envelope(settings.WECHAT_AES_KEY, settings.WECHAT_APP_ID)

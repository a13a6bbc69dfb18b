"""WeChat's server API, as far as we use it: a port, and the one over HTTPS."""

import json
import threading
from typing import Protocol

import httpx
from django.conf import settings
from django.core.cache import cache

TIMEOUT_S = 5.0
EARLY_S = 300  # a token is fetched anew this long before it expires
FORCE_EVERY_S = 30  # WeChat's own limit between forced refreshes
TOKEN_REFUSED = {40001, 40014, 42001}
TRY_LATER = {-1, 45009, 45011, *TOKEN_REFUSED}

_fetching = threading.Lock()


class WechatRefused(Exception):
    """WeChat says no to this message, and will say it again; ``code`` is its errcode."""

    def __init__(self, code: int):
        super().__init__(f"errcode {code}")
        self.code = code


class WechatUnavailable(Exception):
    """WeChat cannot be reached, is busy or does not accept our credentials; later may go well."""


class WechatApi(Protocol):
    """What the rest of the house asks of WeChat."""

    def send_text(self, *, openid: str, text: str) -> None:
        """Send a customer service message.

        :raises WechatRefused: out of window or quota, or the follower has left.
        :raises WechatUnavailable: try again later.
        """


class HttpWechatApi:
    """The real thing, at WECHAT_API_URL."""

    def send_text(self, *, openid: str, text: str) -> None:
        body = {"touser": openid, "msgtype": "text", "text": {"content": text}}
        token = self.token()
        code = self._post("message/custom/send", body, token).get("errcode", 0)
        if code in TOKEN_REFUSED:
            token = self.token(refused=token)
            code = self._post("message/custom/send", body, token).get("errcode", 0)
        if code in TRY_LATER:
            raise WechatUnavailable(f"errcode {code}")
        if code:
            raise WechatRefused(code)

    def token(self, *, refused: str = "") -> str:
        """Return an access token other than the ``refused`` one, from the cache or from WeChat."""
        key = f"wechat-token:{settings.WECHAT_APP_ID}"
        with _fetching:
            held = cache.get(key)
            if held and held != refused:
                return held
            answer = self._fetch(force=False)
            if answer["access_token"] == refused and cache.add(f"{key}:forced", True, FORCE_EVERY_S):
                answer = self._fetch(force=True)
            cache.set(key, answer["access_token"], max(int(answer.get("expires_in", 0)) - EARLY_S, 1))
            return answer["access_token"]

    def _fetch(self, *, force: bool) -> dict:
        if not (settings.WECHAT_APP_ID and settings.WECHAT_APP_SECRET):
            raise WechatUnavailable("WECHAT_APP_ID or WECHAT_APP_SECRET is not set")
        body = {
            "grant_type": "client_credential",
            "appid": settings.WECHAT_APP_ID,
            "secret": settings.WECHAT_APP_SECRET,
            "force_refresh": force,
        }
        answer = self._post("stable_token", body)
        if not answer.get("access_token"):
            raise WechatUnavailable(f"no token, errcode {answer.get('errcode')}")
        return answer

    def _post(self, path: str, body: dict, token: str = "") -> dict:
        content = json.dumps(body, ensure_ascii=False).encode()  # WeChat shows \uXXXX as it stands
        address = f"{settings.WECHAT_API_URL.rstrip('/')}/cgi-bin/{path}"
        try:
            response = httpx.post(
                address,
                params={"access_token": token} if token else None,
                content=content,
                headers={"Content-Type": "application/json; charset=utf-8"},
                timeout=TIMEOUT_S,
            )
            answer = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise WechatUnavailable(type(error).__name__) from None  # its text holds the address, and so the token
        if response.status_code != httpx.codes.OK or not isinstance(answer, dict):
            raise WechatUnavailable(f"HTTP {response.status_code}")
        return answer

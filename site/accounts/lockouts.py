"""Too many wrong passwords: the login is locked for a while. Part of the account adapter."""

from typing import ClassVar

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.actions.auditing import record
from core.addresses import address_of_request
from core.enums import Deed

APP, ACTION = "allauth.account", "login_failed"
TOLD_FOR_S = 300  # one entry in the audit trail for each lockout, not for each further try


class Lockouts:
    """Counts wrong passwords by login and by address.

    Only the log-in is locked: sessions that are open, a running exam among them, know nothing of it, and proving again
    inside a session that it is still you has a counter of its own.
    """

    error_messages: ClassVar[dict] = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _(
            "Too many wrong passwords. This login opens again in five minutes; with a code sent to your phone you can"
            " log in now."
        ),
    }

    def _get_login_attempts_cache_key(self, request, **credentials) -> str:
        """Return what failures are counted under; allauth's own forgets phone numbers, so that all would share one."""
        login = credentials.get("email") or credentials.get("username") or credentials.get("phone") or ""
        return login.strip().lower()

    def pre_authenticate(self, request, **credentials):
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            self._record(request, **credentials)
            raise

    def reauthenticate(self, user, password: str) -> bool:
        """Check the password of who is logged in, counted by ``reauthenticate`` in ``ACCOUNT_RATE_LIMITS`` per user.

        allauth would count it with the log-ins, and strangers who spam the login would keep its owner from it.
        """
        return context.request.user.pk == user.pk and user.check_password(password)

    def _record(self, request, **credentials) -> None:
        key = self._get_login_attempts_cache_key(request, **credentials)
        locked = _is_full(request, key)
        what = f"login:{key}" if locked else f"address:{address_of_request(request)}"
        if cache.add(f"locked-out:{what}", 1, TOLD_FOR_S):
            user = self._user_of(**credentials) if locked else None
            label = str(user) if user else str(_("unknown login") if locked else _("all logins from one address"))
            record(deed=Deed.LOCKED_OUT, target=user, kind="accounts.user", label=label)

    def _user_of(self, *, username: str = "", phone: str = "", **rest):
        from .models import User

        return User.objects.filter(username__iexact=username).first() if username else self.get_user_by_phone(phone)


def _is_full(request, key: str) -> bool:
    """Say whether it is this login that is locked, and not the whole address."""
    rates = ",".join(rate for rate in app_settings.RATE_LIMITS[ACTION].split(",") if rate.endswith("/key"))
    config = {ACTION: rates}
    return not ratelimit.consume(request, app=APP, action=ACTION, key=key, config=config, dry_run=True)

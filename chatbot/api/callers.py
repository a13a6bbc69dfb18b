"""Who asks the bot: anybody, within what their address may; or a program with a key, within what it may."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from clients.calling import KeyAuth
from clients.enums import Scope
from clients.models import ApiKey
from clients.problems import Problem
from core.addresses import address_of_request


def anybody(request) -> str | None:
    """Let in who sends no key: the site's own page, whoever tries it."""
    return None if "Authorization" in request.headers else "anybody"


WITH_KEY_OR_WITHOUT = [KeyAuth(Scope.CHAT_ASK), anybody]


def user_of(request):
    """Return who is logged in; a program with a key asks for nobody."""
    return request.user if request.user.is_authenticated and not isinstance(request.auth, ApiKey) else None


def counted(request, may: Callable[..., bool]) -> None:
    """Count the call against its address; a program's calls were counted with its key.

    :raises Problem: 429, it is one too many.
    """
    now: datetime = request.now
    if not isinstance(request.auth, ApiKey) and not may(address=address_of_request(request), now=now):
        raise Problem(429, "too_many", _("Too many questions. Wait a minute and ask again."))


def not_yours() -> Problem:
    """Return what is answered where a thing is not there, or not theirs."""
    return Problem(404, "not_found", _("There is no such conversation, or it is not yours."))

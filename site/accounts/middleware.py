"""Who is asking, as a real-name person; how long a session lasts; what staff must prove."""

from datetime import UTC, datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from .factors import factors_of, proved
from .queries.staff import is_staff

STARTED, SEEN = "logged_in_at", "seen_at"  # seconds since 1970, in the session
STAMP_EVERY = timedelta(minutes=1)


def person(get_response):
    """Set ``request.person`` (lazily): the Person of the logged-in user, falsy when there is none."""

    def middleware(request):
        request.person = SimpleLazyObject(lambda: getattr(request.user, "person", None))
        return get_response(request)

    return middleware


def session_limits(get_response):
    """End sessions that are too old, and those of staff who were away too long, and say so on the next page.

    The check runs when a view first asks who is there: what never asks (saving an answer carries its own token) pays
    nothing for it.
    """

    def middleware(request):
        asked = request.user
        request.user = SimpleLazyObject(lambda: _within_limits(request, asked))
        request.auser = sync_to_async(lambda: request.user)
        response = get_response(request)
        if getattr(request, "seen_again", False) and request.session.session_key and request.user.is_authenticated:
            UserSession.objects.create_from_request(request)
        return response

    return middleware


def _within_limits(request, user):
    """Return the user, or nobody where the session has come to its end."""
    if not user.is_authenticated:
        return user
    if reason := _over(request, user):
        request.session.flush()
        messages.warning(request, reason)
        return AnonymousUser()
    if request.now - _moment(request, SEEN) >= STAMP_EVERY:
        stamp(request, request.now)
        request.seen_again = True
    return user


def _over(request, user) -> str | None:
    if request.now - _moment(request, STARTED) > timedelta(seconds=settings.SESSION_COOKIE_AGE):
        hours = settings.SESSION_COOKIE_AGE // 3600
        return _("You were logged out: a session lasts %(hours)d hours at most.") % {"hours": hours}
    away = timedelta(minutes=settings.STAFF_IDLE_MINUTES)
    if request.now - _moment(request, SEEN) > away and is_staff(user):
        return _("You were logged out: nothing happened for %(minutes)d minutes.") % {
            "minutes": settings.STAFF_IDLE_MINUTES
        }
    return None


def _moment(request, name: str) -> datetime:
    """Return a stamp of the session; one that has none, from before there were stamps, begins now."""
    seconds = request.session.get(name)
    if seconds is None:
        seconds = request.session[name] = request.now.timestamp()
    return datetime.fromtimestamp(seconds, UTC)


def stamp(request, now: datetime) -> None:
    """Note that the user is there: at most once a minute, for each note is a write."""
    request.session[SEEN] = now.timestamp()


def second_factor(get_response):
    """Let staff into the administration only with a second factor, set up and used in this session."""

    def middleware(request):
        asked = settings.STAFF_SECOND_FACTOR and request.path.startswith(settings.STAFF_PAGES)
        if asked and (page := _still_to_prove(request)):
            return redirect(f"{page}?{urlencode({'next': request.get_full_path()})}")
        return get_response(request)

    return middleware


def _still_to_prove(request) -> str | None:
    """Return the address of the page on which staff set up or use their factor, or None."""
    if not is_staff(request.user) or proved(request):
        return None
    if types := factors_of(request.user):
        codes = Authenticator.Type.TOTP in types
        return reverse("mfa_reauthenticate" if codes else "mfa_reauthenticate_webauthn")
    messages.warning(request, _("The administration asks for a second factor. Set one up; it takes two minutes."))
    return reverse("mfa_index")

"""What follows from a log-in: the session's stamps, the entry about staff; and from switching a login off."""

from allauth.account.signals import user_logged_in as entered
from allauth.mfa.signals import authenticator_added
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

from core.actions.auditing import record
from core.addresses import address_of_request
from core.enums import Deed

from .actions.logins import end_sessions
from .factors import PROOFS
from .middleware import STARTED, stamp
from .models import User
from .queries.staff import is_staff


@receiver(user_logged_in)
def session_begins(request, **kwargs):
    """Stamp the new session, from which its limits are counted."""
    now = timezone.now()
    request.session[STARTED] = now.timestamp()
    stamp(request, now)


@receiver(entered)
def session_is_listed(request, user, **kwargs):
    """Note the new session with its address and browser: one INSERT, for its key was made a moment ago.

    See ``accounts.logins.apps.SessionsConfig`` for what allauth would do here.
    """
    agent = request.META.get("HTTP_USER_AGENT", "")[: UserSession._meta.get_field("user_agent").max_length]
    if not request.session.session_key:
        request.session.save()
    key, address = request.session.session_key, address_of_request(request)
    UserSession.objects.create(session_key=key, user=user, ip=address, user_agent=agent)


@receiver(entered)
def staff_enters(request, user, **kwargs):
    """Record who of the staff logged in, and from where."""
    if is_staff(user):
        record(deed=Deed.ENTERED, target=user, by=user)


@receiver(authenticator_added)
def factor_was_used(request, user, authenticator, **kwargs):
    """Count setting up a factor as using it: allauth has just seen its code or signature."""
    from allauth.account.internal.flows.login import record_authentication

    if authenticator.type in PROOFS:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


@receiver(post_save, sender=User)
def switched_off(instance, created, raw, **kwargs):
    """End the sessions of a login that is switched off."""
    if not instance.is_active and not created and not raw:
        end_sessions(user=instance)

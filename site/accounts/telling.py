"""Telling users what happened to their account, as allauth reports it."""

from allauth.account.signals import password_changed, password_reset, password_set, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.usersessions.models import UserSession
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.addresses import address_of_request
from core.telling import moment, tell

CHANGES = {
    authenticator_added: _("a second factor was added"),
    authenticator_removed: _("a second factor was removed"),
    authenticator_reset: _("the recovery codes were made anew"),
}
AGENT_LENGTH = UserSession._meta.get_field("user_agent").max_length


@receiver([password_changed, password_reset, password_set], dispatch_uid="tell_password_changed")
def tell_password_changed(request, user, **kwargs):
    """Tell the user that the password is another one."""
    _tell(request, user, "password_changed", link=reverse("account_change_password"))


@receiver([*CHANGES], dispatch_uid="tell_second_factor_changed")
def tell_second_factor_changed(signal, request, user, authenticator, **kwargs):
    """Tell the user; recovery codes that come with the first factor are part of that one change."""
    if signal is not authenticator_reset and authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    _tell(request, user, "second_factor_changed", link=reverse("mfa_index"), change=CHANGES[signal])


@receiver(user_logged_in, dispatch_uid="tell_new_device")
def tell_new_device(request, user, **kwargs):
    """Tell the user when the account is in use elsewhere while somebody logs in with another browser."""
    agent = request.META.get("HTTP_USER_AGENT", "")[:AGENT_LENGTH]
    others = UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key)
    agents = set(others.values_list("user_agent", flat=True))
    if agents and agent not in agents:
        device = f"{agent[:60]}, {address_of_request(request)}"
        _tell(request, user, "new_device", link=reverse("usersessions_list"), device=device)


def _tell(request, user, kind: str, *, link: str, **context) -> None:
    now = getattr(request, "now", None) or timezone.now()
    context |= {"account": user.get_username(), "when": moment(now)}
    tell(user=user, kind=kind, key=now.isoformat(), context=context, link=link, by=user, now=now)

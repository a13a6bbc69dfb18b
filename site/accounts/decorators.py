"""Gates for views."""

from functools import wraps

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from .enums import Role
from .queries import has_any_role


def person_required(view):
    """Let in only a logged-in user with a real-name person; others log in, or are told what is missing."""

    @login_required
    @wraps(view)
    def gate(request, *args, **kwargs):
        if not request.person:
            reason = _("This needs your real name, and your account has none yet. Register it here, or ask the bureau.")
            return render(request, "accounts/no_person.html", {"reason": reason}, status=403)
        return view(request, *args, **kwargs)

    return gate


def role_required(*allowed: Role):
    """Let in only users with one of the roles; others get 403."""

    def decorate(view):
        @login_required
        @wraps(view)
        def gate(request, *args, **kwargs):
            if not has_any_role(request.user, allowed):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return gate

    return decorate


def reauthenticated(view):
    """Let in only who has proved within the last five minutes that it is still them; others do so first and come back.

    Stands before what must not be done from a computer somebody left open: unmasking, exports, changes of factors.
    A form sent too late is kept in the session and goes on by itself once they have.
    """
    return login_required(reauthentication_required(view))

"""Inviting by link and QR code, and joining by it."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions import invitations
from accounts.actions.managers import RolesCollide
from accounts.actions.memberships import OrganisationClosed
from accounts.decorators import person_required
from accounts.forms.organisations import InvitationForm
from accounts.queries.organisations import invitations_of
from core.addresses import address_of_request
from core.limits import take

from .gates import manager_required

CODES_PER_MINUTE = 30
SHOWN = 50


@require_http_methods(["GET", "POST"])
@manager_required
def invite(request, organisation):
    """The invitations; a new one shows its link and QR code this once."""
    form = InvitationForm(request.POST or None)
    made = None
    if form.is_valid():
        try:
            invitation, code = invitations.invite(
                organisation=organisation, by=request.user, now=request.now, **form.cleaned_data
            )
            made = _made(invitation, code)
        except OrganisationClosed:
            form.add_error(None, _("This organisation is closed and takes in nobody."))
    known = invitations_of(organisation)[:SHOWN]
    rows = [(invitation, invitations.closed(invitation, request.now)) for invitation in known]
    context = {"organisation": organisation, "form": form, "made": made, "rows": rows}
    return render(request, "organisations/invite.html", context, status=400 if form.errors else 200)


def _made(invitation, code: str) -> dict:
    import segno

    link = settings.BASE_URL + reverse("organisations:join", args=[code])
    picture = segno.make(link, error="m", micro=False).svg_data_uri(border=2, scale=6)
    return {"invitation": invitation, "link": link, "picture": picture}


@require_POST
@manager_required
def revoke(request, organisation, invitation_id: int):
    """Withdraw an invitation."""
    invitations.revoke(organisation=organisation, invitation_id=invitation_id, by=request.user, now=request.now)
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("organisations:invite", organisation.pk)


@never_cache
@require_http_methods(["GET", "POST"])
@person_required
def join(request, code: str):
    """Ask who followed a link whether to join, and let them in."""
    if not take(what="join", client=address_of_request(request), limit=CODES_PER_MINUTE, now=request.now):
        return _closed(request, _("Too many tries. Wait a minute."), 429)
    try:
        if request.method == "GET":
            invitation = invitations.find(code=code, now=request.now)
            return render(request, "organisations/join.html", {"invitation": invitation})
        organisation = invitations.join(code=code, person=request.person, now=request.now)
    except invitations.NoInvitation:
        return _closed(request, _("This invitation does not exist. Check the link, or ask for a new one."), 404)
    except invitations.InvitationClosed as closed:
        return _closed(request, closed.reason, 410)
    except RolesCollide:
        return _closed(request, _("Your role forbids managing an organisation; an auditor only audits."), 403)
    messages.success(request, _("You belong to %(organisation)s now.") % {"organisation": organisation.name})
    return redirect("organisations:index")


def _closed(request, reason: str, status: int):
    return render(request, "organisations/join_closed.html", {"reason": reason}, status=status)

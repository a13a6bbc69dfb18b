"""My organisations; one organisation and its members."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.actions import memberships
from accounts.actions.unmasking import names_shown
from accounts.forms.organisations import SearchForm
from accounts.queries import organisations as queries

from .gates import manager_required

PAGE_SIZE = 50


@never_cache
@login_required
@require_GET
def index(request):
    """What the user manages, as a tree, and where they belong."""
    context = {"tree": queries.tree_of(request.user), "memberships": []}
    if request.person:
        context["memberships"] = queries.memberships_of(request.person)
    return render(request, "organisations/index.html", context)


@require_GET
@manager_required
def show(request, organisation):
    """The members, masked."""
    return _members(request, organisation, queries.members(organisation), SearchForm())


@require_POST
@manager_required
def search(request, organisation):
    """The members with exactly this number or phone, or whose name begins so."""
    form = SearchForm(request.POST)
    if not form.is_valid():
        return _members(request, organisation, queries.members(organisation), form)
    found = queries.search(organisation, form.cleaned_data["wanted"])
    return _members(request, organisation, found[:PAGE_SIZE], form)


@require_POST
@manager_required
def names(request, organisation):
    """One page of the members with their names; recorded."""
    page = Paginator(queries.members(organisation), PAGE_SIZE).get_page(request.GET.get("p"))
    names_shown(organisation=organisation, memberships=page.object_list, by=request.user, now=request.now)
    context = {"organisation": organisation, "page_obj": page, "form": SearchForm(), "clear": True}
    return render(request, "organisations/organisation.html", context)


def _members(request, organisation, found, form):
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("p"))
    context = {"organisation": organisation, "page_obj": page, "form": form, "searched": form.is_bound}
    return render(request, "organisations/organisation.html", context)


@require_POST
@manager_required
def remove(request, organisation, membership_id: int):
    """End somebody's membership."""
    try:
        memberships.remove(organisation=organisation, membership_id=membership_id, by=request.user, now=request.now)
    except memberships.NotAMember as error:
        raise Http404 from error
    messages.success(request, _("They do not belong to the organisation any more."))
    return redirect("organisations:show", organisation.pk)


@login_required
@require_POST
def leave(request, pk: int):
    """End one's own membership."""
    if not request.person:
        raise Http404
    try:
        memberships.leave(organisation_id=pk, person=request.person, now=request.now)
    except memberships.NotAMember as error:
        raise Http404 from error
    messages.success(request, _("You have left the organisation."))
    return redirect("organisations:index")

"""Merge two persons who are one: choose by whole numbers, look at both side by side, confirm with a reason."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions import merging
from accounts.decorators import reauthenticated, role_required
from accounts.enums import Role
from accounts.models import Person
from accounts.queries import person_by_id_number
from accounts.rules import finding

from .forms import MergeForm, PairForm

administrator = role_required(Role.ADMINISTRATOR)


@never_cache
@require_http_methods(["GET", "POST"])
@administrator
@reauthenticated
def choose(request):
    """Two whole numbers; then both persons, masked, and what would move."""
    form = PairForm(request.POST or None)
    if form.is_valid():
        pair = {name: _found(request, form, name) for name in ("keep", "drop")}
        if None not in pair.values() and pair["keep"] == pair["drop"]:
            form.add_error(None, _("Both numbers lead to the same person."))
        elif None not in pair.values():
            ids = {"keep_id": pair["keep"].pk, "drop_id": pair["drop"].pk}
            return _preview(request, MergeForm(initial=ids), **pair)
    context = {"form": form, "title": _("Merge two persons"), "submit": _("Compare")}
    return render(request, "accounts/admin/act.html", context)


@never_cache
@require_POST
@administrator
@reauthenticated
def confirm(request):
    """Merge them, or say what stands in the way."""
    form = MergeForm(request.POST)
    ids = [request.POST.get(name, "") for name in ("keep_id", "drop_id")]
    found = {str(person.pk): person for person in Person.objects.filter(pk__in=[pk for pk in ids if pk.isdecimal()])}
    if len(found) != len(ids):
        return redirect("persons:merge")
    keep, drop = (found[pk] for pk in ids)
    if form.is_valid():
        try:
            merging.merge(**form.cleaned_data, by=request.user, now=request.now)
        except merging.NotTwoPersons:
            form.add_error(None, _("One of them was merged or erased meanwhile."))
        except merging.CannotMerge:
            form.add_error(None, _("Nothing was moved: see what both of them have."))
        else:
            messages.success(request, _("Merged: everything is with the one you kept."))
            return redirect("persons:inspect", keep.pk)
    return _preview(request, form, keep=keep, drop=drop, status=409 if form.non_field_errors() else 200)


def _preview(request, form, *, keep: Person, drop: Person, status: int = 200):
    context = {"form": form, "keep": keep, "drop": drop, "plan": merging.plan(keep=keep, drop=drop)}
    return render(request, "accounts/admin/merge.html", context, status=status)


def _found(request, form, name: str) -> Person | None:
    """Return the person with the number of that field; without one its error says so."""
    for number in finding.id_numbers(form.cleaned_data[name], today=timezone.localdate(request.now)):
        if person := person_by_id_number(number):
            return person
    form.add_error(name, _("Nobody is registered with this number."))
    return None

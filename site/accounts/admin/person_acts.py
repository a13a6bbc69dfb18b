"""What administrators do with one person or a list: show in clear, decide, correct, export. Each asks why."""

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actions import corrections, disclosures, exporting
from accounts.decorators import reauthenticated, role_required
from accounts.enums import RealNameState, Role
from accounts.models import Person

from . import forms
from .filters import listed

administrator = role_required(Role.ADMINISTRATOR)
ACT = "accounts/admin/act.html"


def _person(pk: int) -> Person:
    return get_object_or_404(Person.objects.select_related("user"), pk=pk, merged_into=None, erased_at=None)


@never_cache
@require_http_methods(["GET", "POST"])
@administrator
@reauthenticated
def unmask(request, pk: int):
    """Show one thing of the person in clear, once."""
    person = _person(pk)
    form = forms.UnmaskForm(request.POST or None)
    context = {"form": form, "person": person, "title": _("Show in clear"), "submit": _("Show it once")}
    if form.is_valid():
        try:
            value = disclosures.unmask(person_id=pk, **form.cleaned_data, by=request.user, now=request.now)
        except disclosures.NothingThere:
            form.add_error("field", _("There is none."))
        else:
            if form.cleaned_data["field"] == "photo":
                return _picture(value)
            context |= {"shown": value, "what": disclosures.FIELDS[form.cleaned_data["field"]]}
    return render(request, ACT, context)


def _picture(photo) -> FileResponse:
    response = FileResponse(photo.open("rb"))
    response["X-Content-Type-Options"] = "nosniff"
    return response


@never_cache
@require_http_methods(["GET", "POST"])
@administrator
@reauthenticated
def real_name(request, pk: int):
    """Decide what the register could not, after a look at the document."""
    person = _person(pk)
    form = forms.RealNameForm(request.POST or None)
    if form.is_valid():
        state = RealNameState(form.cleaned_data["state"])
        values = {"person_id": pk, "state": state, "reason": form.cleaned_data["reason"]}
        if _done(request, form, lambda: corrections.decide_real_name(**values, by=request.user, now=request.now)):
            return redirect("persons:inspect", pk)
    context = {"form": form, "person": person, "title": _("Decide the real-name check"), "submit": _("Decide")}
    return render(request, ACT, context)


@never_cache
@require_http_methods(["GET", "POST"])
@administrator
@reauthenticated
def name(request, pk: int):
    """Write the name as it stands in the document."""
    person = _person(pk)
    form = forms.NameForm(request.POST or None)
    if form.is_valid():
        values = {"person_id": pk, **form.cleaned_data}
        if _done(request, form, lambda: corrections.correct_name(**values, by=request.user, now=request.now)):
            return redirect("persons:inspect", pk)
    context = {"form": form, "person": person, "title": _("Correct the name"), "submit": _("Correct it")}
    return render(request, ACT, context)


def _done(request, form, act) -> bool:
    """Do it and say so; where it is refused say why in the form."""
    try:
        act()
    except corrections.OwnRecord:
        form.add_error(None, _("Nobody decides about themselves. Ask a colleague."))
        return False
    except corrections.Gone:
        form.add_error(None, _("This person was merged or erased meanwhile."))
        return False
    messages.success(request, _("Done and recorded."))
    return True


@never_cache
@require_http_methods(["GET", "POST"])
@administrator
@reauthenticated
def export(request):
    """The list as it is filtered, as a file."""
    people, filters = listed(request)
    form = forms.ExportForm(request.POST or None)
    if form.is_valid():
        wanted = form.cleaned_data
        shown = {name: str(value) for name, value in filters.items() if value}
        try:
            file = exporting.export_persons(
                people=people,
                filters=shown,
                unmasked=wanted["unmasked"],
                reason=wanted["reason"],
                kind=wanted["format"],
                by=request.user,
                now=request.now,
            )
        except exporting.NeedsReason:
            form.add_error("reason", _("Say why names and numbers are needed in clear."))
        else:
            kind = exporting.FORMATS[wanted["format"]]
            return FileResponse(file, as_attachment=True, filename=f"persons.{wanted['format']}", content_type=kind)
    context = {"form": form, "title": _("Export the list"), "submit": _("Download")}
    return render(request, ACT, context)

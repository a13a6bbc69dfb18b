"""Register one's real name, see what the check said, correct it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions import persons, real_names
from accounts.enums import IdKind
from accounts.forms.affairs import NameForm, RealNameForm
from core.addresses import address_of_request
from core.limits import take

TRIES = 5  # a minute: nobody finds out here which numbers are registered


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def real_name(request):
    """The user's registration, or the form for it."""
    if request.person:
        return render(request, "accounts/real_name.html", {"form": NameForm(initial={"name": request.person.name})})
    form = RealNameForm(request.POST or None, initial={"id_kind": IdKind.RESIDENT})
    if request.method == "POST" and form.is_valid() and _enrolled(request, form):
        return redirect("real_name")
    return render(request, "accounts/enrol.html", {"form": form})


def _enrolled(request, form) -> bool:
    data = form.cleaned_data
    if not take(what="enrol", client=str(request.user.pk), limit=TRIES, now=request.now):
        form.add_error(None, _("Too many requests. Wait a minute and try again."))
        return False
    try:
        real_names.enrol(
            user=request.user,
            name=data["name"],
            id_kind=IdKind(data["id_kind"]),
            id_number=data["id_number"],
            notice=data["notice"],
            address=address_of_request(request),
            now=request.now,
        )
    except persons.PersonExists:
        form.add_error(
            "id_number",
            _(
                "This number is registered already. If it is yours, your organisation or the bureau may have registered"
                " you: bring your document there, and they link the registration to this account."
            ),
        )
        return False
    except real_names.HasPerson:  # a second tab was faster
        return True
    return True


@login_required
@require_POST
def correct_name(request):
    """Correct one's name while the register has not confirmed it."""
    if not request.person:
        raise Http404
    form = NameForm(request.POST)
    if not form.is_valid():
        return render(request, "accounts/real_name.html", {"form": form})
    if not take(what="correct-name", client=str(request.user.pk), limit=TRIES, now=request.now):
        messages.error(request, _("Too many requests. Wait a minute and try again."))
        return redirect("real_name")
    try:
        real_names.correct_name(person=request.person, name=form.cleaned_data["name"], by=request.user, now=request.now)
        messages.success(request, _("Your name is corrected and will be checked again."))
    except real_names.NotCorrectable:
        messages.error(request, _("Your name is confirmed. Only the bureau can change it now."))
    return redirect("real_name")

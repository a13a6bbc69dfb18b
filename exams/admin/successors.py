"""An officer makes the successor of a scheme, in force from a day."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import role_required
from accounts.enums import Role
from exams.actions import reference
from exams.admin.forms import SuccessorForm
from exams.models import Scheme


@require_http_methods(["GET", "POST"])
@role_required(Role.EXAM_OFFICER)
def succeed(request, pk: int):
    """Ask for the day and make the copy: rules and subjects come along, results stay with the old one."""
    scheme = get_object_or_404(Scheme, pk=pk)
    form = SuccessorForm(request.POST or None)
    if form.is_valid():
        day = form.cleaned_data["effective_from"]
        try:
            successor = reference.succeed(scheme=scheme, effective_from=day, by=request.user, now=request.now)
        except reference.NotLater:
            form.add_error("effective_from", _("A day after today, within the time of the old scheme."))
        except reference.Overlaps as other:
            form.add_error(
                "effective_from", _("Another scheme is in force then: %(scheme)s") % {"scheme": other.scheme}
            )
        else:
            messages.success(request, _("The successor is made. Change its rules now, before anybody is examined."))
            return redirect("schemes:edit", successor.pk)
    return render(request, "exams/admin/successor.html", {"form": form, "scheme": scheme})

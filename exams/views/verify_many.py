"""Verify a list: XLSX or CSV in, XLSX out; nothing of it is kept."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from core.limits import WINDOW_S, take
from core.sheets.faults import Unreadable
from exams.actions.certificate_lists import FORMATS, verified_in_bulk
from exams.queries.certificates import Wanted, verifications_in_bulk
from exams.registers import verifying
from exams.rules.registers import reasons

from .verify import unlisted

LISTS_PER_MINUTE = 2
FAULTS = {
    "too_large": _("The file is larger than 2 MB."),
    "too_long": _("The list has more than 2,000 lines. Divide it."),
    "no_header": _("No sheet has a column with verification codes, or columns with numbers and names."),
    "no_lines": _("Below the titles there is no line."),
}


class ListForm(forms.Form):
    """The list."""

    file = forms.FileField(label=_("List (XLSX or CSV)"), widget=forms.FileInput({"accept": ".xlsx,.csv"}))

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > verifying.MAX_BYTES:
            raise ValidationError(FAULTS["too_large"])
        return file


@unlisted
@login_required
@require_http_methods(["GET", "POST"])
def verify_many(request):
    """The form; or the list back with what each line says today."""
    form = ListForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return _page(request, form, 400 if form.is_bound else 200)
    if not take(what="verify-list", client=f"user-{request.user.pk}", limit=LISTS_PER_MINUTE, now=request.now):
        form.add_error(None, _("Two lists a minute. Try again in a minute."))
        response = _page(request, form, 429)
        response["Retry-After"] = str(WINDOW_S)
        return response
    try:
        listed = verifying.read(form.cleaned_data["file"].read())
    except Unreadable as fault:
        form.add_error("file", FAULTS.get(fault.code) or reasons.of_file(fault.code))
        return _page(request, form, 400)
    wanted = [item or Wanted() for _texts, item in listed.lines]
    found = verifications_in_bulk(wanted, day=timezone.localdate(request.now))
    verified_in_bulk(lines=len(found), found=sum(map(bool, found)), by=request.user, now=request.now)
    disposition = 'attachment; filename="verified.xlsx"'
    return HttpResponse(
        verifying.answered(listed, found), FORMATS["xlsx"], headers={"Content-Disposition": disposition}
    )


def _page(request, form, status: int):
    return render(request, "exams/verify_many.html", {"form": form, "most": verifying.MAX_LINES}, status=status)

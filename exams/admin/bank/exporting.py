"""Take questions out as a file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import role_required
from exams.actions import exporting
from exams.import_forms import ExportForm

from . import BANK_STAFF, roles_of

KINDS = {".xml": "application/xml", ".zip": "application/zip", ".csv": "text/csv; charset=utf-8"}
KINDS[".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
@role_required(*BANK_STAFF)
def export(request):
    """Choose which, and take them as a file; posted, because it is recorded."""
    form = ExportForm(request.POST or None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        try:
            file = exporting.export(
                wanted=form.wanted,
                format=form.cleaned_data["format"],
                day=timezone.localdate(request.now),
                by=request.user,
                now=request.now,
            )
            return _answer(file, timezone.localdate(request.now))
        except exporting.TooMany:
            form.add_error(None, _("One file takes at most %(most)s questions.") % {"most": exporting.MOST})
    status = 400 if form.errors else 200
    return render(request, "exams/admin/bank_export.html", {"form": form, **roles_of(request.user)}, status=status)


def _answer(file: exporting.Exported, day) -> HttpResponse:
    kind = KINDS.get(file.ending, "text/plain; charset=utf-8")
    headers = {
        "Content-Disposition": f'attachment; filename="questions-{day}{file.ending}"',
        "X-Content-Type-Options": "nosniff",
        "X-Questions": str(file.count),
        "X-Questions-Left-Out": str(file.left_out),
    }
    return HttpResponse(file.content, kind, headers=headers)

"""Bring a file of questions in: hand it in, look at every item, decide, see what became of it."""

from functools import wraps

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.decorators import role_required
from accounts.enums import Role
from core.spreadsheets import workbook
from exams.actions import bank
from exams.actions.importing import approving, deciding
from exams.exchange import Malformed, formats, reasons, tables
from exams.import_forms import DecisionForm, UploadForm
from exams.queries import importing as reading

from . import BANK_STAFF, roles_of

PAGE_SIZE, SHOWN = 50, 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REFUSALS = (bank.NotAnAuthor, bank.NotAnApprover, deciding.WrongState)


def _file(content, name: str, kind: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return (HttpResponse if isinstance(content, bytes) else StreamingHttpResponse)(content, kind, headers=headers)


def _of_mine(view):
    """Give the view the import that the user may see; any other is not there."""

    @wraps(view)
    def found(request, import_id, **kwargs):
        return view(request, get_object_or_404(reading.imports_for(request.user), pk=import_id), **kwargs)

    return found


@require_http_methods(["GET", "POST"])
@role_required(*BANK_STAFF)
def index(request):
    """The imports so far, and the form for a new one."""
    roles = roles_of(request.user)
    form = UploadForm(request.POST or None, request.FILES or None) if roles["author"] else None
    if form is not None and form.is_valid():
        data = dict(form.cleaned_data)
        file = data.pop("file")
        try:
            made = deciding.upload(filename=file.name, data=file.read(), by=request.user, now=request.now, **data)
            return redirect("exam_bank:import", made.pk)
        except Malformed as fault:
            most = {"most": formats.MAX_MEGABYTES["default"], "line": fault.line}
            form.add_error("file", reasons.of_file(fault.code, most))
    context = {"form": form, "imports": reading.imports_for(request.user)[:SHOWN], **roles}
    status = 400 if form is not None and form.errors else 200
    return render(request, "exams/admin/bank_imports.html", context, status=status)


@require_GET
@role_required(*BANK_STAFF)
def template(request):
    """The empty table to fill in, with an example of each kind."""
    return _file(tables.template(), "questions-template.xlsx", XLSX)


@require_GET
@role_required(*BANK_STAFF)
@_of_mine
def show(request, batch):
    """Where the import is; once it is read, its items with their verdicts."""
    tabs = reading.tabs(batch)
    names = [tab.name for tab in tabs]
    tab = request.GET.get("tab")
    tab = tab if tab in names else next(iter(names), "good")
    page = Paginator(reading.items_of(batch, tab), PAGE_SIZE).get_page(request.GET.get("p"))
    context = {
        "batch": batch,
        "tabs": tabs,
        "tab": tab,
        "page_obj": page,
        "kept": f"tab={tab}",
        "items": [reading.shown(item) for item in page],
        "working": batch.state in reading.WORKING,
        "fault": reasons.of_file(batch.fault["code"], batch.fault) if batch.fault else "",
        "is_mine": batch.uploaded_by_id == request.user.pk,
        "undecided": approving.undecided(batch).count() if batch.state == "done" else 0,
    }
    if batch.state == "read":
        context |= {"decision": DecisionForm(batch=batch), "without_point": reading.without_point(batch)}
    return render(request, "exams/admin/bank_import.html", {**context, **roles_of(request.user)})


@require_POST
@role_required(Role.QUESTION_AUTHOR)
@_of_mine
def leave_out(request, batch):
    """Leave the chosen items out, or have them again."""
    numbers = [int(number) for number in request.POST.getlist("item") if number.isdecimal()][:PAGE_SIZE]
    out = request.POST.get("do") != "take"
    try:
        deciding.leave_out(import_id=batch.pk, numbers=numbers, left_out=out, by=request.user, now=request.now)
    except REFUSALS:
        messages.error(request, _("This import cannot be changed any more, or it is not yours."))
    tab = request.POST.get("tab", "")
    return redirect(f"{request.path.removesuffix('leave-out/')}?tab={tab if tab in reading.TABS else ''}")


@require_POST
@role_required(Role.QUESTION_AUTHOR)
@_of_mine
def decide(request, batch):
    """Have the import taken in."""
    form = DecisionForm(request.POST, batch=batch)
    try:
        if form.is_valid():
            deciding.confirm(import_id=batch.pk, by=request.user, now=request.now, **form.cleaned_data)
    except REFUSALS:
        messages.error(request, _("This import cannot be changed any more, or it is not yours."))
    return redirect("exam_bank:import", batch.pk)


@require_POST
@role_required(Role.QUESTION_AUTHOR)
@_of_mine
def cancel(request, batch):
    """Drop the import."""
    try:
        deciding.cancel(import_id=batch.pk, by=request.user, now=request.now)
        messages.success(request, _("The import was dropped. Nothing was taken in."))
    except REFUSALS:
        messages.error(request, _("This import cannot be changed any more, or it is not yours."))
    return redirect("exam_bank:imports")


@require_POST
@role_required(Role.EXAM_OFFICER)
@_of_mine
def approve(request, batch):
    """Approve all that the import brought, at once."""
    try:
        approving.approve_all(import_id=batch.pk, by=request.user, now=request.now)
        messages.success(request, _("All questions of this import are being approved."))
    except bank.NotAnApprover:
        messages.error(request, _("Nobody approves their own question."))
    except deciding.WrongState:
        messages.error(request, _("It is not taken in yet."))
    return redirect("exam_bank:import", batch.pk)


@require_GET
@role_required(*BANK_STAFF)
@_of_mine
def report(request, batch):
    """What became of each item, by its line."""
    titles = [_("Number"), _("Place"), _("Line"), _("to line"), _("Verdict"), _("What becomes of it"), _("question")]
    titles += [_("Outcome"), _("Why"), _("Near-duplicates"), _("stem")]
    return _file(workbook(titles, reading.report_rows(batch)), f"import-{batch.pk}.xlsx", XLSX)


@require_GET
@role_required(*BANK_STAFF)
@_of_mine
def unread(request, batch):
    """What could not be read, as it was."""
    return _file(reading.unread_text(batch), f"unread-{batch.pk}.txt", "text/plain; charset=utf-8")

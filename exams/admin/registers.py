"""Old registers of certificates: hand in, watch, look at, decide, see what came of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.decorators import role_required
from accounts.enums import Role, RosterState
from core.sheets.faults import Unreadable
from core.spreadsheets import workbook
from exams.actions.certificate_lists import FORMATS
from exams.actions.registers import deciding
from exams.enums import ImportMode, ImportVerdict
from exams.models import CertificateImport
from exams.queries import certificate_acts as queries
from exams.rules.registers import reasons

from .certificate_forms import ModeForm, RegisterForm

PAGE_SIZE, SHOWN = 50, 20
certifier = role_required(Role.CERTIFIER)


@never_cache
@require_http_methods(["GET", "POST"])
@certifier
def index(request):
    """The registers handed in so far, and the form for another."""
    form = RegisterForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = deciding.upload(
                filename=file.name,
                data=file.read(),
                source=form.cleaned_data["source"],
                by=request.user,
                now=request.now,
            )
            return redirect("certificates:import", batch.pk)
        except Unreadable as fault:
            form.add_error("file", reasons.of_file(fault.code))
    context = {"form": form, "imports": CertificateImport.objects.select_related("uploaded_by")[:SHOWN]}
    return render(request, "exams/admin/imports.html", context, status=400 if form.errors else 200)


@never_cache
@require_GET
@certifier
def show(request, import_id):
    """Where a register is; once it is read, its lines by verdict."""
    batch = get_object_or_404(CertificateImport, pk=import_id)
    tallies = queries.tallies(batch)
    verdict = request.GET.get("verdict")
    if verdict not in ImportVerdict.values:
        verdict = tallies[0][0] if tallies else ImportVerdict.BAD
    page = Paginator(queries.lines_of(batch, verdict), PAGE_SIZE).get_page(request.GET.get("p"))
    counts = dict(tallies)
    context = {
        "batch": batch,
        "working": batch.state in queries.WORKING,
        "percent": queries.percent(batch),
        "tallies": tallies,
        "verdict": ImportVerdict(verdict),
        "page_obj": page,
        "lines": [queries.shown(line) for line in page],
        "sure": counts.get(ImportVerdict.NEW, 0),
        "doubtful": counts.get(ImportVerdict.DOUBTFUL, 0),
        "all_good": counts.get(ImportVerdict.NEW, 0) + counts.get(ImportVerdict.DOUBTFUL, 0),
        "fault": reasons.of_file(batch.fault) if batch.state == RosterState.FAILED else "",
    }
    return render(request, "exams/admin/import.html", context)


@require_POST
@certifier
def confirm(request, import_id):
    """Have the lines taken over."""
    batch = get_object_or_404(CertificateImport, pk=import_id)
    form = ModeForm(request.POST)
    try:
        if form.is_valid():
            mode = ImportMode(form.cleaned_data["mode"])
            deciding.confirm(import_id=batch.pk, mode=mode, by=request.user, now=request.now)
    except deciding.WrongState:
        messages.error(request, _("This register has been decided on already."))
    return redirect("certificates:import", batch.pk)


@require_POST
@certifier
def cancel(request, import_id):
    """Drop the register."""
    batch = get_object_or_404(CertificateImport, pk=import_id)
    try:
        deciding.cancel(import_id=batch.pk, by=request.user, now=request.now)
        messages.success(request, _("The register was dropped. Nothing was taken over."))
    except deciding.WrongState:
        messages.error(request, _("This register has been decided on already."))
    return redirect("certificates:import", batch.pk)


@require_POST
@certifier
def left_out(request, import_id):
    """The lines that were not taken over, as they were, each with its verdict: XLSX."""
    batch = get_object_or_404(CertificateImport, pk=import_id)
    titles, rows = deciding.export_left_out(batch=batch, by=request.user, now=request.now)
    content = workbook([_("Line"), *titles, _("Verdict"), _("What is wrong")], rows)
    disposition = f'attachment; filename="left-out-{batch.pk}.xlsx"'
    return HttpResponse(content, FORMATS["xlsx"], headers={"Content-Disposition": disposition})

"""Bring a file of knowledge in: hand it in, look at how it is cut, take it in as drafts."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.decorators import role_required
from core.sheets.faults import Unreadable
from kb import reasons
from kb.actions import importing
from kb.enums import ImportState
from kb.forms import KnowledgeUploadForm
from kb.models import KnowledgeImport

from . import EDITORS

PAGE_SIZE, SHOWN = 20, 30


@require_http_methods(["GET", "POST"])
@role_required(*EDITORS)
def index(request):
    """The files so far, and the form for another."""
    form = KnowledgeUploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        data = dict(form.cleaned_data)
        file = data.pop("file")
        try:
            made = importing.upload(filename=file.name, data=file.read(), by=request.user, now=request.now, **data)
            return redirect("kb_import:show", made.pk)
        except Unreadable as fault:
            form.add_error("file", reasons.fault(fault.code))
    imports = KnowledgeImport.objects.select_related("uploaded_by")[:SHOWN]
    status = 400 if form.is_bound else 200
    return render(request, "kb/admin/imports.html", {"form": form, "imports": imports}, status=status)


@require_GET
@role_required(*EDITORS)
def show(request, import_id):
    """Where a file is; once it is read, how it is cut, piece by piece."""
    batch = get_object_or_404(KnowledgeImport.objects.select_related("uploaded_by"), pk=import_id)
    page = Paginator(batch.pieces.select_related("article"), PAGE_SIZE).get_page(request.GET.get("p"))
    mine = batch.uploaded_by_id == request.user.pk
    context = {
        "batch": batch,
        "page_obj": page,
        "pieces": [(piece, reasons.doubts(piece.doubts)) for piece in page],
        "fault": reasons.fault(batch.fault) if batch.fault else "",
        "lost": [reasons.lost(one) for one in batch.unread],
        "working": batch.state == ImportState.UPLOADED,
        "decides": mine and batch.state == ImportState.READ,
        "drops": mine and batch.state in (ImportState.UPLOADED, ImportState.READ),
    }
    return render(request, "kb/admin/import.html", context)


@require_POST
@role_required(*EDITORS)
def decide(request, import_id):
    """Leave pieces out or have them again, take the rest in, or drop the file; ``do`` says which."""
    batch, do = get_object_or_404(KnowledgeImport, pk=import_id), request.POST.get("do")
    try:
        if do == "take-in":
            count = importing.take_in(import_id=batch.pk, by=request.user, now=request.now)
            messages.success(
                request, ngettext("%(count)d draft was made.", "%(count)d drafts were made.", count) % {"count": count}
            )
        elif do == "cancel":
            importing.cancel(import_id=batch.pk, by=request.user, now=request.now)
            messages.success(request, _("The file was dropped. Nothing was taken in."))
        elif do in ("leave", "have"):
            numbers = [int(number) for number in request.POST.getlist("piece") if number.isdecimal()][:PAGE_SIZE]
            importing.leave_out(import_id=batch.pk, numbers=numbers, left_out=do == "leave", by=request.user)
    except importing.WrongState:
        messages.error(request, _("This file cannot be changed any more, or it is not yours."))
    return redirect("kb_import:show", batch.pk)

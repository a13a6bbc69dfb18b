"""Certifiers issue certificates: the chosen ones, or all that wait, as a batch that a worker goes through."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.decorators import role_required
from accounts.enums import Role
from exams.actions import certificate_batches
from exams.models import CertificateBatch
from exams.queries.certificate_acts import progress, refused_lines
from exams.queries.practicals import awaiting_certificate

PAGE_SIZE, BATCHES = 100, 5


@require_GET
@role_required(Role.CERTIFIER)
def index(request):
    """Candidates with both parts passed and no certificate yet."""
    page = Paginator(awaiting_certificate(), PAGE_SIZE).get_page(request.GET.get("p"))
    batches = CertificateBatch.objects.select_related("created_by")[:BATCHES]
    return render(request, "exams/admin/certifying.html", {"page_obj": page, "batches": batches})


@require_POST
@role_required(Role.CERTIFIER)
def issue(request):
    """Have the chosen ones issued, or all; those that this certifier may not issue stay in the list."""
    chosen = [int(pk) for pk in request.POST.getlist("practical") if pk.isdecimal()]
    everybody = request.POST.get("which") == "all"
    try:
        batch = certificate_batches.open_batch(
            practical_ids=None if everybody else chosen, by=request.user, now=request.now
        )
    except certificate_batches.NothingToIssue:
        messages.warning(request, _("None of the chosen waits for a certificate."))
        return redirect("exam_certifying:index")
    return redirect("exam_certifying:batch", batch.pk)


@never_cache
@require_GET
@role_required(Role.CERTIFIER)
def batch(request, batch_id):
    """How far a batch is, and who was left out."""
    found = get_object_or_404(CertificateBatch.objects.select_related("created_by"), pk=batch_id)
    context = {"batch": found, "progress": progress(found), "refused": refused_lines(found)}
    return render(request, "exams/admin/batch.html", context)

"""Certifiers issue certificates, one or a list at a time."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.decorators import role_required
from accounts.enums import Role
from exams.actions import certificates
from exams.queries.practicals import awaiting_certificate

PAGE_SIZE = 100


@require_GET
@role_required(Role.CERTIFIER)
def index(request):
    """Candidates with both parts passed and no certificate yet."""
    page = Paginator(awaiting_certificate(), PAGE_SIZE).get_page(request.GET.get("p"))
    return render(request, "exams/admin/certifying.html", {"page_obj": page})


@require_POST
@role_required(Role.CERTIFIER)
def issue(request):
    """Issue the chosen ones; those that this certifier may not issue stay in the list."""
    chosen = awaiting_certificate().filter(pk__in=[pk for pk in request.POST.getlist("practical") if pk.isdigit()])
    issued, own = 0, 0
    for practical in chosen[:PAGE_SIZE]:
        try:
            certificates.issue(practical_id=practical.pk, by=request.user, now=request.now)
            issued += 1
        except certificates.NotACertifier:
            own += 1
    if issued:
        told = ngettext("%(count)s certificate issued.", "%(count)s certificates issued.", issued)
        messages.success(request, told % {"count": issued})
    if own:
        messages.error(request, _("Nobody certifies themselves or whom they examined: leave these to a colleague."))
    return redirect("exam_certifying:index")

"""Hints at what is improbable: officers look, note what they saw, and decide themselves whether anything follows."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.decorators import role_required
from accounts.enums import Role
from exams.actions import hints
from exams.models import AnomalyHint
from exams.queries.hints import hints as all_hints

officer = role_required(Role.EXAM_OFFICER)
PAGE_SIZE = 50


@require_GET
@officer
def index(request):
    """All hints, those nobody looked at first."""
    page = Paginator(all_hints(), PAGE_SIZE).get_page(request.GET.get("p"))
    return render(request, "exams/admin/hints.html", {"page_obj": page})


@require_POST
@officer
def look_at(request, hint_id: int):
    """Note what was seen."""
    hint = get_object_or_404(AnomalyHint, pk=hint_id)
    try:
        hints.look_at(hint_id=hint.pk, note=request.POST.get("note", "")[:500], by=request.user, now=request.now)
        messages.success(request, _("Noted."))
    except hints.NeedsNote:
        messages.error(request, _("Write what you saw."))
    return redirect("exam_results:hints")

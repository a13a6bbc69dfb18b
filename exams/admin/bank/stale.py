"""Questions that cite what no longer holds."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.decorators import role_required
from exams.actions import bank
from exams.actions.bank.reporting import FORMATS
from exams.models import LegalSource
from exams.queries import sources as reading

from . import BANK_STAFF

PAGE_SIZE = 50


def _source(request) -> LegalSource | None:
    code = request.GET.get("source")
    return get_object_or_404(LegalSource, code=code) if code else None


@require_GET
@role_required(*BANK_STAFF)
def report(request):
    """Which rules have ended, and every question in use that cites one."""
    day, source = timezone.localdate(request.now), _source(request)
    questions = reading.with_ended(reading.stale_questions(day, source=source), day)
    page = Paginator(questions, PAGE_SIZE).get_page(request.GET.get("p"))
    context = {"page_obj": page, "source": source, "sources": reading.ended_and_cited(day)}
    return render(request, "exams/admin/bank_stale.html", context)


@require_GET
@role_required(*BANK_STAFF)
def export(request, kind: str):
    """The report as a table; ``kind`` is csv or xlsx."""
    source = _source(request)
    day = timezone.localdate(request.now)
    content = bank.export_stale(day=day, source=source, kind=kind, by=request.user, now=request.now)
    response = HttpResponse(content, content_type=FORMATS[kind])
    response["Content-Disposition"] = f'attachment; filename="stale-questions-{day}.{kind}"'
    return response

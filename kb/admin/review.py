"""What editors look after: texts that wait, reviews that are due, laws that ended, pairs to compare."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.decorators import role_required
from core.spreadsheets import csv_lines
from kb import upkeep
from kb.actions import comparing
from kb.models import ArticlePair, PairSearch

from . import REVIEWERS

PAGE_SIZE = 30


@require_GET
@role_required(*REVIEWERS)
def index(request):
    """Everything that waits, on one page."""
    today = timezone.localdate(request.now)
    context = {
        "waiting": upkeep.waiting_for(request.user),
        "due": upkeep.due(today),
        "superseded": upkeep.superseded(today),
        "pairs": upkeep.open_pairs().count(),
    }
    return render(request, "kb/admin/review.html", context)


@require_GET
@role_required(*REVIEWERS)
def pairs(request):
    """Pairs of articles side by side; ``?settled=1`` those that were found to be fine."""
    settled = bool(request.GET.get("settled"))
    found = upkeep.settled_pairs() if settled else upkeep.open_pairs()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("p"))
    search = PairSearch.objects.first()
    context = {"page_obj": page, "settled": settled, "search": search, "kept": "settled=1" if settled else ""}
    return render(request, "kb/admin/pairs.html", context)


@require_POST
@role_required(*REVIEWERS)
def settle(request, pair_id):
    """Remember that a pair is fine, or forget it."""
    pair = get_object_or_404(ArticlePair, pk=pair_id)
    fine = request.POST.get("fine") == "1"
    comparing.settle(pair_id=pair.pk, fine=fine, by=request.user, now=request.now)
    messages.success(request, _("Noted; it holds until one of the two texts changes.") if fine else _("Open again."))
    return redirect("kb_review:pairs")


@require_GET
@role_required(*REVIEWERS)
def export_due(request):
    """Reviews that are due, as a table."""
    today = timezone.localdate(request.now)
    head = [_("address"), _("title"), _("topic"), _("reviewed on"), _("to be reviewed by"), _("overdue"), _("source")]
    rows = (
        (
            one.article.slug,
            one.article.title,
            one.article.topic_name,
            one.article.reviewed.isoformat(),
            one.day.isoformat(),
            _("yes") if one.overdue else _("no"),
            one.article.cited,
        )
        for one in upkeep.due(today)
    )
    return _csv(f"knowledge-due-{today}.csv", head, rows)


@require_GET
@role_required(*REVIEWERS)
def export_superseded(request):
    """Articles that name a law which ended, as a table."""
    today = timezone.localdate(request.now)
    head = [
        _("address"),
        _("title"),
        _("no longer holds"),
        _("ended on"),
        _("superseded by"),
        _("named as"),
        _("source"),
    ]
    rows = (
        (
            one.article.slug,
            one.article.title,
            one.law.name,
            one.law.ended_on.isoformat() if one.law.ended_on else "",
            one.successor,
            _("source") if one.in_source else _("in the text"),
            one.article.cited,
        )
        for one in upkeep.superseded(today)
    )
    return _csv(f"knowledge-superseded-{today}.csv", head, rows)


def _csv(name: str, head, rows) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return StreamingHttpResponse(csv_lines(head, rows), "text/csv; charset=utf-8", headers=headers)

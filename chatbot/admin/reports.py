"""The weekly reports: the list, and one to read and print."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.decorators import role_required
from chatbot.enums import AnswerKind, Channel, Complaint
from chatbot.models import WeeklyReport
from chatbot.queries import conversations, reports
from core.charts import bars

from . import REVIEWERS

PAGE_SIZE = 30


@never_cache
@require_GET
@role_required(*REVIEWERS)
def index(request):
    """The reports, the latest first."""
    page = Paginator(WeeklyReport.objects.all(), PAGE_SIZE).get_page(request.GET.get("p"))
    return render(request, "chatbot/admin/reports.html", {"page_obj": page})


@never_cache
@require_GET
@role_required(*REVIEWERS)
def show(request, report_id: int):
    """One week beside the week before."""
    report = get_object_or_404(WeeklyReport, pk=report_id)
    figures, before = report.figures, reports.before(report)
    slugs = {slug for name in ("articles", "badly", "danger") for slug, _count in figures[name]}
    titles, names = conversations.titles(slugs), reports.names_of_gaps(report)
    days = [f"{report.monday + timedelta(days=at):%m-%d}" for at in range(7)]
    context = {
        "report": report,
        "until": report.monday + timedelta(days=6),
        "totals": _beside(figures, before.figures if before else {}),
        "days": bars(list(zip(days, figures["days"], strict=True)), every=1),
        "kinds": [kind.label for kind in AnswerKind],
        "channels": [
            (channel.label, [figures["channels"].get(channel.value, {}).get(kind.value, 0) for kind in AnswerKind])
            for channel in Channel
        ],
        "complaints": _complaints(figures["complaints"]),
        "tops": [
            (label, [(slug, titles.get(slug, slug), count) for slug, count in figures[name]])
            for name, label in (
                ("articles", _("Articles most shown")),
                ("badly", _("Articles found not to help")),
                ("danger", _("Danger cards")),
            )
        ],
        "gaps": [(key, names.get(key, ""), this, last) for key, this, last in figures["gaps"]],
    }
    return render(request, "chatbot/admin/report.html", context)


def _complaints(counts: dict[str, int]) -> list[tuple]:
    """Return label, number and the width of its bar in per cent."""
    most = max(counts.values(), default=0) or 1
    return [
        (each.label, counts.get(each.value, 0), round(100 * counts.get(each.value, 0) / most)) for each in Complaint
    ]


def _beside(figures: dict, before: dict) -> list[tuple]:
    """Return label, number and the number of the week before (None without one) of what is counted."""
    names = (
        ("questions", _("Questions asked")),
        ("conversations", _("Conversations")),
        ("helped", _("Found helpful")),
        ("not_helped", _("Found not to help")),
    )
    rows = [(label, figures[name], before.get(name)) for name, label in names]
    rows += [(kind.label, figures["kinds"][kind.value], before.get("kinds", {}).get(kind.value)) for kind in AnswerKind]
    slow = [
        (_("%(share)s %% answered within, ms") % {"share": share}, value, before.get("ms", {}).get(share))
        for share, value in figures["ms"].items()
    ]
    return rows + slow

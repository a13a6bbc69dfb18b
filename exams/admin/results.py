"""Officers look at the results of sittings, release them, and read the figures of their questions."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.decorators import reauthenticated, role_required
from accounts.enums import Role
from core.charts import bars
from exams.actions import hints, releasing, result_files
from exams.models import QuestionVersion, Sitting
from exams.queries.appeals import waiting_appeals
from exams.queries.statistics import QuestionRow, Report, option_counts, report, sittings_with_results, state_of

officer = role_required(Role.EXAM_OFFICER)
PAGE_SIZE = 50
ORDERS = {
    "question": (gettext_lazy("Question"), lambda row: row.version.question.code),
    "point": (gettext_lazy("Point"), lambda row: row.version.question.point.code),
    "attempts": (gettext_lazy("Candidates"), lambda row: row.figures.attempts),
    "facility": (gettext_lazy("Facility index"), lambda row: row.figures.facility),
    "discrimination": (gettext_lazy("Discrimination index"), lambda row: row.figures.discrimination_index),
    "efficiency": (gettext_lazy("Discriminative efficiency"), lambda row: row.figures.discriminative_efficiency),
    "weight": (gettext_lazy("Effective weight"), lambda row: row.figures.effective_weight),
}


def _sitting(sitting_id: int) -> Sitting:
    return get_object_or_404(sittings_with_results(), pk=sitting_id)


@require_GET
@officer
def index(request):
    """Sittings with their state: running, being graded, to release, released."""
    page = Paginator(sittings_with_results(), PAGE_SIZE).get_page(request.GET.get("p"))
    rows = [(sitting, state_of(sitting)) for sitting in page]
    context = {"page_obj": page, "rows": rows, "waiting_appeals": waiting_appeals()}
    return render(request, "exams/admin/results.html", context)


@require_GET
@officer
def show(request, sitting_id: int):
    """The figures of one sitting, its questions in the order asked for."""
    sitting = _sitting(sitting_id)
    found = report([sitting_id])
    order = request.GET.get("sort", "discrimination")
    context = {
        "sitting": sitting,
        "state": state_of(sitting),
        "report": found,
        "questions": _ordered(found, order),
        "columns": _columns(order),
        "meanings": {advice.mark: advice for row in found.questions for advice in row.advice}.values(),
        "bars": bars(found.bars),
        "formats": list(result_files.FORMATS),
    }
    return render(request, "exams/admin/result_report.html", context)


def _columns(order: str) -> list[dict]:
    """Return the headings one may sort by: a second click turns the order round."""
    directions = {"": "ascending", "-": "descending"}
    return [
        {
            "label": label,
            "next": f"-{name}" if order == name else name,
            "sorted": next((said for dash, said in directions.items() if order == dash + name), ""),
        }
        for name, (label, _key) in ORDERS.items()
    ]


def _ordered(found: Report, order: str) -> list[QuestionRow]:
    """Sort by one of ``ORDERS``, backwards after a dash; what has no figure stands last."""
    _label, key = ORDERS.get(order.removeprefix("-"), ORDERS["discrimination"])
    known = [row for row in found.questions if key(row) is not None]
    unknown = [row for row in found.questions if key(row) is None]
    return [*sorted(known, key=key, reverse=order.startswith("-")), *unknown]


@require_GET
@officer
def version(request, sitting_id: int, version_id: int):
    """One question of a sitting: what it says, its options and who chose them."""
    sitting = _sitting(sitting_id)
    row = next((row for row in report([sitting_id]).questions if row.version.pk == version_id), None)
    if row is None:
        raise Http404
    counts = option_counts([sitting_id], version_id)
    shown = get_object_or_404(
        QuestionVersion.objects.select_related("question__point", "statistic").prefetch_related("options"),
        pk=version_id,
    )
    options = [(option, counts[option.position]) for option in shown.options.all() if option.position < len(counts)]
    context = {"sitting": sitting, "version": shown, "row": row, "options": options}
    return render(request, "exams/admin/result_version.html", context)


@require_POST
@officer
def release(request, sitting_id: int):
    """Show the results to the candidates; there is no way back."""
    sitting = _sitting(sitting_id)
    try:
        releasing.release(sitting_id=sitting.pk, by=request.user, now=request.now)
        messages.success(request, _("The results of %(sitting)s are released.") % {"sitting": sitting})
    except releasing.NotReady as early:
        messages.error(request, _("%(count)s attempts are not closed and graded yet.") % {"count": early.waiting})
    except releasing.NothingToRelease:
        messages.error(request, _("Nobody was graded in this sitting."))
    return redirect("exam_results:show", sitting_id)


@require_POST
@officer
def look(request, sitting_id: int):
    """Let a worker look for what is improbable."""
    sitting = _sitting(sitting_id)
    hints.ask(sitting_id=sitting.pk)
    messages.success(request, _("A worker looks for it now; hints appear in their list."))
    return redirect("exam_results:hints")


@never_cache
@require_POST
@officer
@reauthenticated
def results_file(request, sitting_id: int, kind: str):
    """Who got what, with names, as CSV or XLSX."""
    return _file(request, result_files.results_file, sitting_id, kind, "results")


@require_POST
@officer
def statistics_file(request, sitting_id: int, kind: str):
    """The figures of the questions as CSV or XLSX."""
    return _file(request, result_files.statistics_file, sitting_id, kind, "statistics")


def _file(request, make, sitting_id: int, kind: str, name: str) -> HttpResponse:
    if kind not in result_files.FORMATS:
        raise Http404
    data = make(sitting=_sitting(sitting_id), kind=kind, by=request.user, now=request.now)
    response = HttpResponse(data, content_type=result_files.FORMATS[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}-{sitting_id}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response

"""One question: its versions, what changed between them, how a candidate sees it, and where it was drawn."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.decorators import role_required
from exams.enums import QuestionKind
from exams.models import Question
from exams.queries import bank as reading
from exams.queries.drafts import draft_of
from exams.queries.previews import preview
from exams.queries.sources import ended
from exams.rules.differences import differences

from . import BANK_STAFF, roles_of


@require_GET
@role_required(*BANK_STAFF)
def show(request, question_id: int):
    """The version asked for, or the newest."""
    question = get_object_or_404(Question.objects.select_related("point__operation", "case"), pk=question_id)
    versions = list(reading.versions_of(question))
    if not versions:
        raise Http404
    version, before = _chosen(versions, request.GET.get("version", ""))
    item = preview(version)
    gone = set(ended(timezone.localdate(request.now)).values_list("pk", flat=True))
    context = {
        "question": question,
        "versions": versions,
        "version": version,
        "before": before,
        "changes": differences(draft_of(before), draft_of(version)) if before else [],
        "item": item,
        "places": range(1, item.width + 1),
        "cites": [(source, source.pk in gone) for source in version.cites.all()],
        "beside": question.case.questions.order_by("case_position") if question.case else (),
        "kinds": QuestionKind.choices,
        "use": reading.used_in(question),
        "pairs": reading.like_it(question),
        "newest": versions[0],
        "statistic": getattr(version, "statistic", None),
    }
    return render(request, "exams/admin/question.html", {**context, **roles_of(request.user)})


def _chosen(versions, number: str):
    """Return the version of that number and the one before it; versions come the newest first."""
    place = next((place for place, one in enumerate(versions) if str(one.number) == number), 0)
    return versions[place], versions[place + 1] if place + 1 < len(versions) else None

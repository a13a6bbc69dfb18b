"""Practising: an operation's overview, one question at a time, what came of it, favourites, mock exams."""

import logging
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.decorators import person_required
from exams.actions import practice as acts
from exams.enums import PracticeMode
from exams.models import KnowledgePoint, Operation, PracticeAnswer, PracticeItem
from exams.queries import practice as reading
from exams.queries.papers import parts_of, right_response, width_of
from exams.queries.readable import readable
from exams.rules.practice import radar
from exams.rules.scoring import Key
from exams.rules.shortages import BankTooSmall

from .practice_forms import printed, response_of, sheet_of

log = logging.getLogger(__name__)


@require_GET
@person_required
def index(request):
    """The operations that can be practised."""
    return render(request, "exams/practice_index.html", {"operations": reading.operations()})


@never_cache
@require_GET
@person_required
def overview(request, operation_id: int):
    """How far I am with one operation, and the ways to go on."""
    operation = get_object_or_404(reading.operations(), pk=operation_id)
    state = reading.overview(request.person, operation, request.now)
    chart = radar(state.points) if len(state.points) > 2 else None
    mocks = reading.mocks_of(request.person, operation)[:10]
    context = {"operation": operation, "state": state, "chart": chart, "mocks": mocks}
    return render(request, "exams/practice_overview.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@person_required
def question(request, operation_id: int, mode: str):
    """The next question of this way of practising; POST answers it."""
    operation = get_object_or_404(Operation, pk=operation_id)
    if mode not in PracticeMode.values:
        raise Http404
    if request.method == "POST":
        return _answer(request, operation, mode)
    code = request.GET.get("point", "")
    point = get_object_or_404(KnowledgePoint, operation=operation, code=code) if code else None
    found = reading.next_question(request.person, operation, mode=mode, point=point, now=request.now)
    if found is None:
        return render(request, "exams/practice_done.html", {"operation": operation, "mode": PracticeMode(mode)})
    context = {
        "operation": operation,
        "mode": PracticeMode(mode),
        "point": code,
        "question": found,
        "sheet": sheet_of(found, person_id=request.person.pk, now=request.now),
        "favourite": PracticeItem.objects.filter(person=request.person, question=found, favourite=True).exists(),
    }
    return render(request, "exams/practice_question.html", context)


def _answer(request, operation: Operation, mode: str):
    order, version_id = request.POST.get("order", ""), request.POST.get("version", "")
    shown = reading.practisable(operation).filter(current=version_id if version_id.isdigit() else 0).first()
    if shown is None:
        messages.info(request, _("This question has changed meanwhile. Here is the next one."))
        return redirect("exams:practice_question", operation.pk, mode)
    width = width_of(shown.kind, parts_of(shown.current))
    response = response_of(request.POST, kind=shown.kind, letters=len(order), width=width)
    try:
        given = acts.answer(
            version_id=shown.current_id, order=order, response=response, mode=mode, by=request.person, now=request.now
        ).answer
    except (acts.NotForPractice, acts.BadPracticeAnswer):
        messages.error(request, _("This answer is not complete. Please answer again."))
        return redirect("exams:practice_question", operation.pk, mode)
    point = request.POST.get("point", "")
    more = f"?{urlencode({'point': point})}" if point else ""
    return redirect(reverse("exams:practice_answer", args=[given.pk]) + more)


@never_cache
@require_GET
@person_required
def answered(request, answer_id: int):
    """What came of my answer: right or not, the key, why, and where it stands."""
    given = get_object_or_404(
        PracticeAnswer.objects.select_related("version__question__point__operation", "version__case_version"),
        pk=answer_id,
        person=request.person,
    )
    version, asked = given.version, given.version.question
    parts = parts_of(version)
    sheet = printed(version, given.order, asked.kind, width_of(asked.kind, parts))
    context = {
        "given": given,
        "sheet": sheet,
        "operation": asked.point.operation,
        "point": request.GET.get("point", ""),
        "chosen": readable(sheet.item, given.response),
        "right": readable(sheet.item, right_response(Key(asked.kind, parts, given.order))),
    }
    return render(request, "exams/practice_answer.html", context)


@require_POST
@person_required
def favourite(request, question_id: int):
    """Keep a question, or keep it no longer; back to where it was pressed."""
    keep = request.POST.get("keep") == "1"
    try:
        item = acts.keep_favourite(question_id=question_id, favourite=keep, by=request.person)
    except acts.NotForPractice as refused:
        raise Http404 from refused
    messages.success(request, _("Kept among your favourites.") if keep else _("Taken out of your favourites."))
    return redirect("exams:practice", item.question.point.operation_id)


@require_POST
@person_required
def mock(request, operation_id: int):
    """Begin a mock exam, or go on with the one that runs."""
    operation = get_object_or_404(Operation, pk=operation_id)
    try:
        attempt = acts.begin_mock(operation=operation, by=request.person, now=request.now)
    except acts.EnoughForToday:
        messages.error(request, _("Ten mock exams a day are enough: practise what you got wrong."))
    except acts.NoMockExam:
        messages.error(request, _("There is no mock exam for this operation yet."))
    except BankTooSmall as lacking:
        log.error("no mock paper can be drawn for operation %s: %s", operation_id, lacking)
        messages.error(request, _("There are not enough questions for a mock exam yet."))
    else:
        return redirect("exams:runner", attempt.pk)
    return redirect("exams:practice", operation_id)

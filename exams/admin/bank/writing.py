"""Authors write new questions and new versions."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.decorators import role_required
from accounts.enums import Role
from exams.actions import bank
from exams.bank_forms import QuestionForm, draft_from, medium_rows, part_rows
from exams.enums import QuestionKind
from exams.models import Question
from exams.queries.drafts import draft_of, whole


@require_GET
@role_required(Role.QUESTION_AUTHOR)
def choose_kind(request):
    """A question never changes its kind, so that comes first."""
    return render(request, "exams/admin/question_kinds.html", {"kinds": QuestionKind.choices})


@require_http_methods(["GET", "POST"])
@role_required(Role.QUESTION_AUTHOR)
def new(request, kind: str):
    """Write a new question of that kind."""
    if kind not in set(QuestionKind):
        return redirect("exam_bank:choose_kind")
    form = QuestionForm(request.POST or None, initial={"case": request.GET.get("case", "")})
    return _form(request, form, kind=kind)


@require_http_methods(["GET", "POST"])
@role_required(Role.QUESTION_AUTHOR)
def write(request, question_id: int):
    """Write the next version of a question, starting from its newest."""
    question = get_object_or_404(Question.objects.select_related("point__operation", "case"), pk=question_id)
    newest = whole(question.versions).order_by("-number").first()
    base = draft_of(newest)
    initial = {name: getattr(base, name) for name in ("title", "case", "case_stem", "stem", "explanation", "source")}
    initial |= {"difficulty": question.difficulty, "seen": newest.number}
    form = QuestionForm(request.POST or None, question=question, initial=initial)
    if form.is_bound and form.is_valid() and form.cleaned_data["seen"] != newest.number:
        form.add_error(None, _("Somebody wrote another version meanwhile. Open the question again and put yours in."))
    return _form(request, form, kind=question.kind, base=base, newest=newest)


def _form(request, form, *, kind, base=None, newest=None):
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    parts = part_rows(kind, base.parts if base else (), data)
    media = medium_rows(base.media if base else (), data, files)
    if data is not None and "more" not in data and all([form.is_valid(), parts.is_valid(), media.is_valid()]):
        draft = draft_from(form, parts, media, kind=kind, base=base)
        point = form.question.point if form.question else form.cleaned_data["point"]
        try:
            version = bank.write(draft=draft, point=point, by=request.user, now=request.now)
        except bank.BadQuestion as bad:
            for problem in bad.problems:
                form.add_error(None, problem)
        else:
            messages.success(request, _("Stored. An exam officer approves it before it is drawn."))
            return redirect("exam_bank:question", version.question_id)
    context = {"form": form, "parts": parts, "media": media, "kind": QuestionKind(kind), "newest": newest}
    return render(request, "exams/admin/question_form.html", context)

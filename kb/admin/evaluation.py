"""Evaluations: the last ones, one with two versions side by side, and a new one."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.decorators import role_required
from accounts.enums import Role
from kb import queries
from kb.actions import evaluating
from kb.evaluation import questions
from kb.index import store
from kb.models import EvaluationRun

EVALUATORS = (Role.KNOWLEDGE_EDITOR, Role.PUBLISHER)
evaluator = role_required(*EVALUATORS)


class RunForm(forms.Form):
    """Which version to measure, by which questions, beside which other."""

    question_set = forms.ChoiceField(label=_("Questions"))
    version = forms.ChoiceField(label=_("Version of the index"))
    against = forms.ChoiceField(label=_("Compare with"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        versions = [(name, name) for name in store.versions()]
        self.fields["question_set"].choices = [(name, name) for name in questions.names()]
        self.fields["version"].choices = versions
        self.fields["against"].choices = [("", _("nothing")), *versions]


@require_GET
@never_cache
@evaluator
def index(request):
    """The last evaluations, and the form for another."""
    form = RunForm(initial={"question_set": "test", "version": store.current()})
    return render(request, "kb/admin/evaluations.html", {"runs": queries.last_evaluations(), "form": form})


@require_GET
@never_cache
@evaluator
def show(request, pk: int):
    """One evaluation: its figures beside those of the other version and the floors, and what was missed."""
    run = get_object_or_404(EvaluationRun.objects.select_related("requested_by"), pk=pk)
    return render(request, "kb/admin/evaluation.html", {"run": run, "rows": queries.compared(run)})


@require_POST
@evaluator
def start(request):
    """Ask for one."""
    form = RunForm(request.POST)
    if form.is_valid():
        try:
            run = evaluating.request(**form.cleaned_data, by=request.user, now=request.now)
            messages.success(request, _("The evaluation will be there in a minute."))
            return redirect("kb_evaluation:show", run.pk)
        except evaluating.NothingToEvaluate:
            pass  # a version that was dropped meanwhile
    messages.error(request, _("There is no such version of the index any more."))
    return redirect("kb_evaluation:index")

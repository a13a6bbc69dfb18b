"""Officers answer appeals; another confirms that late answers count."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.decorators import role_required
from accounts.enums import Role
from exams.actions import appeals
from exams.queries.appeals import appeals_to_work_on, disputed, late_effect

officer = role_required(Role.EXAM_OFFICER)
PAGE_SIZE = 50


class DecisionForm(forms.Form):
    """The answer, and whether the appeal is right."""

    upheld = forms.TypedChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("yes", gettext_lazy("Upheld")), ("no", gettext_lazy("Rejected"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer to the candidate"), max_length=1000, widget=forms.Textarea({"rows": 4})
    )
    accepts_late = forms.BooleanField(
        label=gettext_lazy("Count what arrived too late, once another officer confirms it"), required=False
    )


@require_GET
@officer
def index(request):
    """All appeals, those that wait first."""
    page = Paginator(appeals_to_work_on(), PAGE_SIZE).get_page(request.GET.get("p"))
    return render(request, "exams/admin/appeals.html", {"page_obj": page})


@require_http_methods(["GET", "POST"])
@officer
def decide(request, appeal_id: int):
    """One appeal with what it is about; POST decides."""
    appeal = get_object_or_404(appeals_to_work_on(), pk=appeal_id)
    form = DecisionForm(request.POST or None)
    if form.is_valid():
        try:
            appeals.decide(appeal_id=appeal_id, **form.cleaned_data, by=request.user, now=request.now)
            messages.success(request, _("Decided. The candidate is told."))
            return redirect("exam_results:appeals")
        except appeals.Refused as refused:
            form.add_error(None, str(refused.reason))
        except appeals.AlreadyDecided:
            form.add_error(None, _("It was decided before."))
        except appeals.NeedsWords:
            form.add_error("answer", _("Write an answer."))
        except appeals.NothingToConfirm:
            form.add_error("accepts_late", _("Only an upheld appeal of somebody whose answers came late can do that."))
    late = late_effect(appeal.attempt)
    context = {"appeal": appeal, "form": form, "late": late, "slot": disputed(appeal)}
    return render(request, "exams/admin/appeal.html", context)


@require_POST
@officer
def confirm(request, appeal_id: int):
    """Let the late answers of an upheld appeal count."""
    appeal = get_object_or_404(appeals_to_work_on(), pk=appeal_id)
    try:
        result = appeals.confirm(appeal_id=appeal.pk, by=request.user, now=request.now)
        messages.success(request, _("Confirmed. The result is now %(result)s.") % {"result": result})
    except appeals.Refused as refused:
        messages.error(request, str(refused.reason))
    except appeals.NothingToConfirm:
        messages.error(request, _("This appeal does not ask for late answers to count."))
    return redirect("exam_results:appeal", appeal_id)

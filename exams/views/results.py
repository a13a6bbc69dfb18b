"""A candidate's result: the score once it is released, how each part went, and the appeal against it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.decorators import person_required
from exams.actions import appeals
from exams.models import Attempt
from exams.queries import reviews
from exams.queries.appeals import open_until, released_at
from exams.queries.practicals import shown_to_candidate


class AppealForm(forms.Form):
    """What is wrong, and with which question; no number: with the result as a whole."""

    slot = forms.IntegerField(label=gettext_lazy("Question number, if it is about one"), min_value=1, required=False)
    reason = forms.CharField(label=gettext_lazy("What is wrong"), max_length=1000, widget=forms.Textarea({"rows": 4}))


def _attempt(request, attempt_id: UUID) -> Attempt:
    own = Attempt.objects.select_related("admission__sitting__rule__operation", "person")
    return get_object_or_404(own, pk=attempt_id, person=request.person)


@person_required
@never_cache
@require_GET
def result(request, attempt_id: UUID):
    """Score and review once released; until then the receipt."""
    attempt = _attempt(request, attempt_id)
    since = released_at(attempt)
    context = {"attempt": attempt, "sitting": attempt.admission.sitting, "released_at": since}
    if since:
        reviewed = reviews.review(attempt)
        until = open_until(attempt)
        context |= {
            "result": attempt.results.first(),
            "review": reviewed,
            "sections": reviews.by_section(reviewed),
            "points": reviews.by_point(reviewed),
            "practical": shown_to_candidate(attempt),
            "appeals": attempt.appeals.all(),
            "appeal_until": until,
            "form": AppealForm(initial={"slot": request.GET.get("appeal")}) if request.now <= until else None,
        }
    return render(request, "exams/result.html", context)


@person_required
@require_POST
def appeal(request, attempt_id: UUID):
    """Take an appeal, or say why not."""
    attempt = _attempt(request, attempt_id)
    form = AppealForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write what is wrong, and the number of the question if it is about one."))
        return redirect("exams:result", attempt_id)
    try:
        appeals.appeal(attempt_id=attempt.pk, **form.cleaned_data, by=request.person, now=request.now)
        messages.success(request, _("Your appeal is taken. You are told when it is answered."))
    except (Attempt.DoesNotExist, appeals.NotReleased) as missing:
        raise Http404 from missing
    except appeals.AlreadyAppealed:
        messages.error(request, _("You have appealed about this already."))
    except appeals.NeedsWords:
        messages.error(request, _("Write what is wrong, and the number of the question if it is about one."))
    except appeals.Refused as refused:
        messages.error(request, str(refused.reason))
    return redirect("exams:result", attempt_id)

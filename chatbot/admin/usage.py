"""How articles do as answers, over a time."""

from datetime import timedelta

from django import forms
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.decorators import role_required
from chatbot.enums import Complaint
from chatbot.queries import conversations, usage
from core.charts import bars
from kb.usage import Use

from . import REVIEWERS

TOP = 15
PERIODS = [(7, _("7 days")), (30, _("30 days")), (90, _("90 days")), (365, _("a year"))]
ORDERS = {
    "shown": (_("Most shown"), lambda use: -use.shown),
    "helpful": (_("Least helpful"), lambda use: (use.helpful is None, use.helpful or 0.0, -use.not_helped)),
    "complaints": (_("Most complaints"), lambda use: -use.not_helped),
    "danger": (_("Most danger cards"), lambda use: -use.danger),
}


class PeriodForm(forms.Form):
    """How many days up to today, and what comes first."""

    days = forms.TypedChoiceField(label=_("Time"), choices=PERIODS, coerce=int, empty_value=30, required=False)
    order = forms.ChoiceField(
        label=_("Order"), choices=[(name, label) for name, (label, _key) in ORDERS.items()], required=False
    )


@never_cache
@require_GET
@role_required(*REVIEWERS)
def index(request):
    """The articles that were answers, with charts of the most shown and of the days."""
    form = PeriodForm({"days": "30", "order": "shown"} | request.GET.dict())
    valid = form.is_valid()
    days, order = (form.cleaned_data["days"], form.cleaned_data["order"]) if valid else (30, "shown")
    first = timezone.localdate(request.now) - timedelta(days=days - 1)
    used = usage.use_of(since=conversations.start_of(first))
    titles = conversations.titles(used)
    asked = usage.by_day(since=first, days=days)
    most = sorted(used.items(), key=lambda item: (-item[1].shown, item[0]))[:TOP]
    context = {
        "form": form,
        "rows": _rows(used, titles, order or "shown"),
        "days": bars([(f"{day:%m-%d}", count) for day, count in asked], every=max(1, days // 8)),
        "most": [(titles.get(slug, slug), use, round(100 * use.shown / most[0][1].shown)) for slug, use in most],
        "never": usage.never_shown(used),
        "total": _total(used),
    }
    return render(request, "chatbot/admin/usage.html", context, status=200 if valid else 400)


def _rows(used, titles, order: str) -> list[tuple]:
    key = ORDERS[order][1]
    rows = sorted(used.items(), key=lambda item: (key(item[1]), item[0]))
    return [(slug, titles.get(slug, slug), use, _complaints(use)) for slug, use in rows]


def _complaints(use: Use) -> str:
    return "，".join(f"{Complaint(name).label} {count}" for name, count in use.complaints.items())


def _total(used) -> Use:
    uses = list(used.values())
    names = ("shown", "helped", "not_helped", "danger")
    return Use(**{name: sum(getattr(use, name) for use in uses) for name in names})

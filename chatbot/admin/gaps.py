"""Gaps: what people ask and nobody answers; an editor begins an article, or leaves it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.decorators import role_required
from accounts.enums import Role
from accounts.queries import has_role
from chatbot.actions.gaps import deciding
from chatbot.enums import GapState
from chatbot.models import Gap
from chatbot.queries import gaps

from . import EDITORS, REVIEWERS

PAGE_SIZE = 30
ORDERS = {
    "count": gettext_lazy("Most asked"),
    "growth": gettext_lazy("Growing fastest"),
    "last": gettext_lazy("Asked last"),
}


@never_cache
@require_GET
@role_required(*REVIEWERS)
def index(request):
    """The gaps in one state, the open ones unless told otherwise."""
    state = request.GET.get("state", GapState.OPEN)
    order = request.GET.get("order", "count")
    if state not in GapState.values or order not in ORDERS:
        raise Http404
    found = gaps.gaps(now=request.now, states=[GapState(state)], order=order)
    counts = gaps.counts()
    context = {
        "page_obj": Paginator(found, PAGE_SIZE).get_page(request.GET.get("p")),
        "states": [(each, each.label, counts[each]) for each in GapState],
        "orders": ORDERS.items(),
        "state": state,
        "order": order,
        "kept": f"state={state}&order={order}",
        "edits": has_role(request.user, Role.KNOWLEDGE_EDITOR),
    }
    return render(request, "chatbot/admin/gaps.html", context)


@never_cache
@require_GET
@role_required(*REVIEWERS)
def show(request, gap_id: int):
    """One gap with all its questions."""
    gap = get_object_or_404(gaps.gaps(now=request.now), pk=gap_id)
    page = Paginator(gaps.members(gap), PAGE_SIZE).get_page(request.GET.get("p"))
    context = {
        "gap": gap,
        "page_obj": page,
        "may": {state.value: gap.may_become(state) for state in GapState},
        "edits": has_role(request.user, Role.KNOWLEDGE_EDITOR),
    }
    return render(request, "chatbot/admin/gap.html", context)


@require_POST
@role_required(*EDITORS)
def decide(request, gap_id: int):
    """Begin an article for it, leave it, or open it again; ``do`` says which."""
    gap, do = get_object_or_404(Gap, pk=gap_id), request.POST.get("do")
    try:
        if do == "draft":
            article = deciding.draft(gap_id=gap.pk, by=request.user, now=request.now)
            messages.success(request, _("The draft holds the questions. Write what answers them, and its source."))
            return redirect("wagtailsnippets_kb_article:edit", article.pk)
        if do in ("ignore", "open"):
            state = GapState.IGNORED if do == "ignore" else GapState.OPEN
            deciding.decide(gap_id=gap.pk, state=state, by=request.user, now=request.now)
            messages.success(request, _("Noted."))
    except deciding.WrongState:
        messages.error(request, _("The gap is in another state by now."))
    return redirect("bot_gaps:show", gap.pk)

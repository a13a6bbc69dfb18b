"""The chat page; it answers without scripts too."""

from uuid import UUID

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.addresses import address_of_request

from . import limits
from .actions import asking
from .enums import Channel
from .models import MAX_QUESTION


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request):
    given = request.POST if request.method == "POST" else request.GET
    context = {"question": given.get("question", ""), "max_question": MAX_QUESTION, "suggestions": _suggestions()}
    if "question" not in given:
        return render(request, "chatbot/page.html", context)
    if not limits.may_ask(address=address_of_request(request), now=request.now):
        context["error"] = _("Too many questions. Wait a minute and ask again.")
        return render(request, "chatbot/page.html", context, status=429)
    by = request.user if request.user.is_authenticated else None
    conversation = uuid_or_none(given.get("conversation"))
    try:
        context["answer"] = asking.ask(
            question=context["question"], conversation=conversation, channel=Channel.PAGE, by=by, now=request.now
        )
    except asking.BadQuestion as bad:
        context["error"] = str(bad)
    return render(request, "chatbot/page.html", context, status=400 if "error" in context else 200)


def uuid_or_none(value) -> UUID | None:
    """Return the value as a UUID; whatever is none starts a new conversation."""
    try:
        return UUID(value)
    except (TypeError, ValueError, AttributeError):
        return None


def _suggestions() -> list[str]:
    return [
        _("What if oil in the pan catches fire?"),
        _("What if I smell gas at home?"),
        _("What if someone gets an electric shock?"),
        _("How often can I sit the special-operations exam?"),
    ]

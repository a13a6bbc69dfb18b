"""The chat page; it answers without scripts too."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from chatbot import limits
from chatbot.actions import asking
from chatbot.enums import Channel, Complaint
from chatbot.keys import uuid_or_none
from chatbot.models import MAX_QUESTION
from chatbot.queries import offering
from chatbot.rules.leaving import may_leave
from core.addresses import address_of_request


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request):
    given = request.POST if request.method == "POST" else request.GET
    context = {"question": given.get("question", ""), **look(request)}
    if "question" not in given:
        return render(request, "chatbot/page.html", context)
    if not limits.may_ask(address=address_of_request(request), now=request.now):
        context["error"] = _("Too many questions. Wait a minute and ask again.")
        return render(request, "chatbot/page.html", context, status=429)
    about = {"question": context["question"], "conversation": uuid_or_none(given.get("conversation"))}
    try:
        answer = asking.ask(**about, channel=Channel.PAGE, by=user_of(request), now=request.now)
        context |= {"answer": answer, "may_leave": may_leave(answer)}
    except asking.BadQuestion as bad:
        context["error"] = str(bad)
    return render(request, "chatbot/page.html", context, status=400 if "error" in context else 200)


def look(request) -> dict:
    """Return what every page with the chat shows: what may be asked, and why an answer may not help."""
    return {
        "max_question": MAX_QUESTION,
        "suggestions": offering.quick_questions(request.now) or _suggestions(),
        "complaints": Complaint.choices,
    }


def user_of(request):
    """Return who is logged in, or None."""
    return request.user if request.user.is_authenticated else None


def _suggestions() -> list[str]:
    return [
        _("What if oil in the pan catches fire?"),
        _("What if I smell gas at home?"),
        _("What if someone gets an electric shock?"),
        _("How often can I sit the special-operations exam?"),
    ]

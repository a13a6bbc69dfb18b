"""One's own conversation on a page: read again, judged, written to, forgotten. Works without scripts."""

from functools import wraps
from uuid import uuid4

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chatbot import limits
from chatbot.actions import conversations, judging, messaging, tickets
from chatbot.enums import Channel, TicketState
from chatbot.keys import uuid_or_none
from chatbot.models import MAX_MESSAGE
from chatbot.queries import desk, history
from chatbot.tickets import MAX_CONTACT
from core.addresses import address_of_request

from .asking import look, user_of

HELPED = {"yes": True, "no": False}


@never_cache
@require_GET
def conversation(request, pk):
    """The conversation so far; of a user's only theirs."""
    past = history.past(conversation=pk, by=user_of(request))
    if past is None:
        raise Http404
    if past.ticket:
        tickets.seen(ticket=past.ticket.pk, by=user_of(request), now=request.now)
    context = {"past": past, "max_message": MAX_MESSAGE, "writing": _may_write(past), **look(request)}
    return render(request, "chatbot/conversation.html", context | _hours(request))


def limited(view):
    """Answer 429 where the address writes more in a minute than anybody types."""

    @wraps(view)
    def gate(request, **kwargs):
        if request.method == "POST" and not limits.may_write(address=address_of_request(request), now=request.now):
            return render(request, "429.html", status=429)
        return view(request, **kwargs)

    return gate


@require_POST
@limited
def judge(request, pk):
    """Keep whether an answer helped."""
    given = request.POST
    about = {"turn": uuid_or_none(given.get("turn")), "conversation": pk, "helped": HELPED.get(given.get("helped"))}
    try:
        judging.judge(**about, complaint=given.get("complaint", ""), by=user_of(request), now=request.now)
    except (judging.NotYours, ValueError) as error:
        raise Http404 from error
    messages.success(request, _("Thank you."))
    return redirect("chatbot:conversation", pk)


@require_POST
@limited
def forget(request, pk):
    """Delete the conversation."""
    try:
        conversations.forget(conversation=pk, by=user_of(request), now=request.now)
    except conversations.NotYours as error:
        raise Http404 from error
    messages.success(request, _("The conversation is deleted."))
    return redirect("chatbot:page")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited
def person(request):
    """Leave a question for a person."""
    given = request.POST if request.method == "POST" else request.GET
    about = {name: given.get(name, "") for name in ("question", "contact")}
    context = {**about, "conversation": given.get("conversation", ""), "max_contact": MAX_CONTACT} | look(request)
    if request.method != "POST":
        return render(request, "chatbot/person.html", context | _hours(request))
    about |= {"conversation": uuid_or_none(context["conversation"]), "channel": Channel.PAGE}
    try:
        ticket = tickets.open_ticket(**about, by=user_of(request), now=request.now)
    except tickets.BadMessage as bad:
        return render(request, "chatbot/person.html", context | _hours(request) | {"error": str(bad)}, status=400)
    return redirect("chatbot:conversation", ticket.conversation_id)


@require_POST
@limited
def say(request, pk):
    """Write to the desk."""
    row = desk.ticket_of(ticket=pk, by=user_of(request))
    if row is None:
        raise Http404
    key = uuid_or_none(request.POST.get("key")) or uuid4()
    try:
        messaging.write(ticket=pk, text=request.POST.get("text", ""), key=key, by=user_of(request), now=request.now)
    except tickets.TicketClosed:
        messages.error(request, _("This question is closed. Ask anew."))
    except tickets.BadMessage as bad:
        messages.error(request, str(bad))
    return redirect("chatbot:conversation", row.conversation_id)


def _may_write(past: history.Past) -> bool:
    return past.ticket is not None and past.ticket.state != TicketState.CLOSED


def _hours(request) -> dict:
    staffed = desk.is_staffed(request.now)
    return {"staffed": staffed, "opens": None if staffed else desk.opens_next(request.now)}

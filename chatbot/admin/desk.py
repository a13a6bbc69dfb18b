"""The staff desk: questions for a person, and the conversation with whoever asked."""

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.decorators import role_required
from chatbot.actions import desk
from chatbot.actions.tickets import BadMessage
from chatbot.keys import uuid_or_none
from chatbot.models import MAX_MESSAGE, Ticket
from chatbot.queries import desk as reading
from chatbot.queries import history
from chatbot.tickets import WrongState

PAGE_SIZE = 30
at_desk = role_required(reading.ROLE)


@require_GET
@never_cache
@at_desk
def index(request):
    """The tickets of a part of the desk; ``?fragment=1`` the rows alone."""
    part = request.GET.get("part", "waiting")
    if part not in reading.LISTED:
        raise Http404
    page = Paginator(reading.tickets(part=part, by=request.user), PAGE_SIZE).get_page(request.GET.get("p"))
    context = {
        "page_obj": page,
        "part": part,
        "parts": _parts(),
        "counts": reading.counts(by=request.user),
        "staffed": reading.is_staffed(request.now),
        "kept": f"part={part}",
    }
    fragment = "fragment" in request.GET
    return render(request, "chatbot/admin/rows.html" if fragment else "chatbot/admin/desk.html", context)


@require_GET
@never_cache
@at_desk
def ticket(request, pk):
    """One ticket with its conversation; ``?fragment=1`` what was written alone."""
    return _page(request, _found(pk), fragment="fragment" in request.GET)


@require_POST
@at_desk
def reply(request, pk):
    """Answer it."""
    key, text = uuid_or_none(request.POST.get("key")) or uuid4(), request.POST.get("text", "")
    try:
        desk.reply(ticket=_found(pk).pk, text=text, key=key, by=request.user, now=request.now)
    except BadMessage as bad:
        return _page(request, _found(pk), typed=text, error=str(bad), status=400)
    except (desk.TakenByOther, WrongState):
        error = _("Somebody else has taken this question, or it is closed.")
        return _page(request, _found(pk), typed=text, error=error, status=409)
    return redirect("chat_desk:ticket", pk)


@require_POST
@at_desk
def act(request, pk, name):
    """Take, give back, close."""
    action = {"take": desk.take, "give-back": desk.give_back, "close": desk.close}.get(name)
    if action is None:
        raise Http404
    try:
        action(ticket=_found(pk).pk, by=request.user, now=request.now)
    except (desk.TakenByOther, WrongState):
        messages.error(request, _("Somebody else has taken this question, or it is closed."))
    return redirect("chat_desk:ticket", pk)


@require_POST
@never_cache
@at_desk
def contact(request, pk):
    """Show how the visitor wants to be reached; it is recorded."""
    row = _found(pk)
    return _page(request, row, contact=desk.show_contact(ticket=row.pk, by=request.user, now=request.now))


@require_POST
@at_desk
def draft(request, pk):
    """Make a draft article of question and answers, and open it."""
    try:
        article = desk.draft(ticket=_found(pk).pk, by=request.user, now=request.now)
    except WrongState:
        messages.error(request, _("Nothing was answered yet."))
        return redirect("chat_desk:ticket", pk)
    return redirect("wagtailsnippets_kb_article:edit", article.pk)


def _found(pk) -> Ticket:
    return get_object_or_404(Ticket.objects.select_related("conversation", "taken_by", "draft"), pk=pk)


def _page(request, row: Ticket, *, fragment=False, status=200, **more):
    context = {
        "ticket": row,
        "messages_written": row.messages.select_related("author"),
        "turns": list(history.turns_before(row)),
        "mine": row.taken_by_id in (None, request.user.pk),
        "max_message": MAX_MESSAGE,
        "key": uuid4(),
        **more,
    }
    template = "chatbot/admin/messages.html" if fragment else "chatbot/admin/ticket.html"
    return render(request, template, context, status=status)


def _parts() -> list[tuple[str, str]]:
    return [
        ("waiting", _("Waiting")),
        ("mine", _("Mine")),
        ("others", _("Of others")),
        ("closed", _("Closed")),
    ]

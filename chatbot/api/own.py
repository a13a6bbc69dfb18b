"""A device's own conversation: read again, and forgotten. Whoever holds its id has it; a user's is only theirs."""

from uuid import UUID

from ninja import Router
from ninja.responses import Status

from chatbot import limits
from chatbot.actions import conversations
from chatbot.queries import history

from . import schemas as s
from . import told
from .asking import REFUSED
from .callers import WITH_KEY_OR_WITHOUT, counted, not_yours, user_of

router = Router(auth=WITH_KEY_OR_WITHOUT)


@router.get("/conversations/{uuid:pk}", response={200: s.ConversationOut, **REFUSED})
def conversation(request, pk: UUID):
    """Return a conversation's last 50 questions and answers, and its question for a person."""
    counted(request, limits.may_look)
    past = history.past(conversation=pk, by=user_of(request))
    if past is None:
        raise not_yours()
    return told.conversation(past, request.now)


@router.delete("/conversations/{uuid:pk}", response={204: None, **REFUSED})
def forget(request, pk: UUID):
    """Delete a conversation with all that was said in it."""
    counted(request, limits.may_write)
    try:
        conversations.forget(conversation=pk, by=user_of(request), now=request.now)
    except conversations.NotYours as error:
        raise not_yours() from error
    return Status(204, None)

"""Ask the bot: what was said before, the answer, a note of both."""

import logging
import time
import uuid
from dataclasses import replace
from datetime import datetime

from django.db import DatabaseError, IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from chatbot import answering
from chatbot.answering import answer_to
from chatbot.enums import Channel
from chatbot.models import MAX_QUESTION, Conversation, Turn
from chatbot.queries import history
from chatbot.rules import keeping, masking, normalising
from chatbot.rules.answers import Answer
from kb import followups, retrieval

__all__ = ["BadQuestion", "answer_to", "ask"]

logger = logging.getLogger(__name__)


class BadQuestion(ValueError):
    """The question is empty or over 500 characters; its text says so to the person."""


def ask(
    *,
    question: str,
    conversation: uuid.UUID | None = None,
    channel: Channel,
    by: User | None,
    now: datetime,
    key: uuid.UUID | None = None,
) -> Answer:
    """Answer one question from approved articles only, and note it masked.

    ``conversation`` goes on where its starter asks again; anybody else gets a new one. ``key`` is who asks' own name
    for the question: sent again under it, it gets the answer that was given, and is noted once.

    :raises BadQuestion: it is empty or longer than 500 characters.
    """
    if key and (given := history.answer_under(key=key, by=by)):
        return given
    started = time.monotonic()
    shown = normalising.visible(question)
    if not shown:
        raise BadQuestion(_("Type a question."))
    if len(shown) > MAX_QUESTION:
        raise BadQuestion(_("A question may have up to %(count)s characters.") % {"count": MAX_QUESTION})
    with retrieval.one_version():
        answer = answering.reply(shown, _before(shown, conversation, by, now), now=now)
    note = Turn(
        question=masking.mask(shown),
        kind=answer.kind,
        article=answer.article,
        confidence=answer.confidence,
        channel=channel,
        asked_at=now,
        ms=int((time.monotonic() - started) * 1000),
        key=key or uuid.uuid4(),
        said=keeping.kept(answer),
    )
    return replace(answer, conversation=_keep(note, conversation, by), turn=str(note.key))


def _before(shown: str, conversation: uuid.UUID | None, by: User | None, now: datetime) -> list[str]:
    """Return what the question may lean on; a question that stands alone costs no query."""
    if conversation is None or not followups.leans(shown):
        return []
    try:
        return history.earlier_questions(conversation=conversation, by=by, now=now)
    except DatabaseError as error:
        logger.error("no earlier questions: %s", type(error).__name__)
        return []


def _keep(note: Turn, conversation: uuid.UUID | None, by: User | None) -> str:
    """Store the note and return its conversation's id. An answer is given even when it cannot be noted."""
    try:
        with transaction.atomic():
            note.conversation = _conversation(conversation, note, by)
            note.save()
    except IntegrityError:  # the same question came twice at once, and the other one was noted
        twin = Turn.objects.filter(key=note.key, conversation__started_by=by).first()
        return str(twin.conversation_id if twin else conversation or uuid.uuid4())
    except DatabaseError as error:
        logger.error("a turn was not noted: %s", type(error).__name__)  # the error's text may hold the question
        return str(conversation or uuid.uuid4())
    return str(note.conversation_id)


def _conversation(wanted: uuid.UUID | None, note: Turn, by: User | None) -> Conversation:
    fields = {"channel": note.channel, "started_by": by, "started_at": note.asked_at}
    if wanted is None:
        return Conversation.objects.create(**fields)
    row, _new = Conversation.objects.get_or_create(pk=wanted, defaults=fields)
    return row if row.started_by_id == (by and by.pk) else Conversation.objects.create(**fields)

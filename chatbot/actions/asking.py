"""Ask the bot: normalise, triage, retrieve, decide, compose, note."""

import logging
import time
import uuid
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from chatbot.enums import Channel
from chatbot.models import MAX_QUESTION, Conversation, Turn
from chatbot.queries import curated
from chatbot.rules import composing, masking, normalising, refusals
from chatbot.rules.answers import Answer
from chatbot.rules.triage import asks_for_help, triage
from kb import retrieval, sources

NEAR = 0.5  # cosine: below that a title is no help to someone whom we cannot answer
SURE = 0.9  # chance from which an article may take the place of a hazard's own
BESIDE = 0.6  # of the best hit's cosine: below that a title is no choice beside it

logger = logging.getLogger(__name__)


class BadQuestion(ValueError):
    """The question is empty or over 500 characters; its text says so to the person."""


def ask(
    *, question: str, conversation: uuid.UUID | None = None, channel: Channel, by: User | None, now: datetime
) -> Answer:
    """Answer one question from approved articles only, and note it masked.

    ``conversation`` goes on where its starter asks again; anybody else gets a new one.

    :raises BadQuestion: it is empty or longer than 500 characters.
    """
    started = time.monotonic()
    shown = normalising.visible(question)
    if not shown:
        raise BadQuestion(_("Type a question."))
    if len(shown) > MAX_QUESTION:
        raise BadQuestion(_("A question may have up to %(count)s characters.") % {"count": MAX_QUESTION})
    answer = answer_to(normalising.normalise(shown))
    note = Turn(
        question=masking.mask(shown),
        kind=answer.kind,
        article=answer.article,
        confidence=answer.confidence,
        channel=channel,
        asked_at=now,
        ms=int((time.monotonic() - started) * 1000),
    )
    return replace(answer, conversation=_keep(note, conversation, by))


def answer_to(text: str) -> Answer:
    """Return the answer to a normalised question; nothing is noted."""
    case = triage(text)
    if case and case.ongoing:
        document = _narrower(text) or _article(case.slug)
        return composing.danger(document) if document else composing.danger_without_article(case.call)
    if refusal := refusals.check(text):
        return composing.refused(refusal)
    if document := _chosen(text):
        return _from_document(document, None, 1.0, text)
    found = retrieval.search(text)
    if found.decision == retrieval.Decision.ANSWER:
        return _from_hit(found, text)
    if case and (document := _article(case.slug)):
        return composing.answer(document, None, found.confidence)
    if found.decision == retrieval.Decision.CHOICE:
        beside = _documents(found.hits, BESIDE * max(hit.cosine for hit in found.hits))
        return composing.choice(beside, in_danger=asks_for_help(text), confidence=found.confidence)
    near = _documents(found.hits, NEAR)
    all_articles = f"{settings.BASE_URL}{reverse('kb:list')}"
    return composing.unknown(near, all_articles=all_articles, confidence=found.confidence)


def _chosen(text: str) -> sources.Document | None:
    """Return the article that an editor chose for the question; without a database nothing was chosen."""
    try:
        return curated.document_for(text, day=timezone.localdate())
    except DatabaseError as error:
        logger.error("no curated answers: %s", type(error).__name__)
        return None


def _narrower(text: str) -> sources.Document | None:
    """Return the article about a danger that search is sure of: it may know this fire where a rule knows fires."""
    try:
        found = retrieval.search(text)
    except Exception as error:  # whatever is wrong with the search, the card must come
        logger.error("no search beside a hazard: %s", type(error).__name__)
        return None
    if found.decision != retrieval.Decision.ANSWER or found.confidence < SURE:
        return None
    best = found.hits[0].document
    return best if best.danger and best.calls else None


def _article(slug: str) -> sources.Document | None:
    """Return the article from the index, or from the database while there is no index."""
    return retrieval.get(slug) or next((each for each in sources.articles() if each.id == slug), None)


def _documents(hits: tuple[retrieval.Hit, ...], cosine: float) -> list[sources.Document]:
    """Return the documents of the hits that are at least so near, each once, best first."""
    return list(dict.fromkeys(hit.document for hit in hits if hit.cosine >= cosine))


def _from_hit(found: retrieval.Found, text: str) -> Answer:
    hit = found.hits[0]
    return _from_document(hit.document, hit.passage, found.confidence, text)


def _from_document(document: sources.Document, passage: sources.Passage | None, confidence: float, text: str) -> Answer:
    if document.danger and asks_for_help(text):
        return replace(composing.danger(document), confidence=confidence)
    return composing.answer(document, passage, confidence)


def _keep(note: Turn, conversation: uuid.UUID | None, by: User | None) -> str:
    """Store the note and return its conversation's id. An answer is given even when it cannot be noted."""
    try:
        with transaction.atomic():
            note.conversation = _conversation(conversation, note, by)
            note.save()
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

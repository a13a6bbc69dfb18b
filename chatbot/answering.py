"""The answer to one question: triage, refusals, retrieval, composing. Nothing is noted here."""

import logging
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote

from django.conf import settings
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone, translation

from chatbot import alerts, nearness, rephrasing
from chatbot.enums import Decides
from chatbot.queries import curated, triage_rules
from chatbot.rules import composing, languages, normalising, refusals
from chatbot.rules.answers import Answer
from chatbot.rules.languages import Writing
from chatbot.rules.presence import Strength
from chatbot.rules.refusals import Refusal
from chatbot.rules.triage import Case, Rule, Verdict, asks_for_help, finds_danger, said_by_rule, triage, weigh
from kb import followups, retrieval, sources
from kb.enums import Decision

WHOM_TO_CALL = "emergency-numbers"  # the article for a danger about which there is none
NEAR = 0.5  # cosine: below that a title is no help to someone whom we cannot answer
BESIDE = 0.6  # of the best hit's cosine: below that a title is no choice beside it
STRIPPED = composing.GENERAL | {Refusal.HARM}  # who asks so may be in danger all the same
HITS = 8  # among them an article about the danger is looked for
BARE = 4  # signs of a word that is no question yet: 地震

logger = logging.getLogger(__name__)


def reply(shown: str, history: Sequence[str] = (), *, now: datetime) -> Answer:
    """Return the answer to the visible question after the same person's earlier ones, warnings in force included."""
    text = " ".join(map(normalising.normalise, followups.with_earlier(shown, history)))
    writing = languages.writing_of(shown)
    with translation.override("en") if writing == Writing.ENGLISH else nullcontext():
        given = answer_to(text, own=normalising.normalise(shown), writing=writing)
        given = composing.with_warnings(given, _warnings(given, text, now))
    return replace(given, text=languages.written(given.text, writing))


def answer_to(text: str, *, own: str = "", writing: Writing = Writing.SIMPLIFIED) -> Answer:
    """Return the answer to a normalised question, without warnings.

    ``own`` is what was said last where ``text`` holds the question before it; ``writing`` is how it was asked.
    """
    rules = triage_rules.in_use()
    case = triage(text, rules)
    found = _found(text, case)
    case = case or triage(found.question, rules)  # with typing mistakes put right: 煤气谢露
    refusal = refusals.check(text) or nearness.refusal_of(text, found)
    if refusal == Refusal.DESPAIR:
        return composing.refused(refusal)
    verdict = _verdict(text, found, case, rules, own)
    if verdict.strength == Strength.SURE and verdict.call:
        return _card(verdict, found, writing)
    if refusal:
        given = _refused(refusal, found)
        return _with_strip(given, verdict, writing) if refusal in STRIPPED else given
    if rule := said_by_rule(text, rules, Decides.REFUSE, Decides.REFER):
        return composing.referred(rule.call) if rule.decides == Decides.REFER else composing.refused(Refusal.HARM)
    if document := _chosen(text):
        if document.danger and asks_for_help(text):
            return replace(composing.danger(document, writing=writing), confidence=1.0)
        return _with_strip(composing.answer(document, None, 1.0, writing=writing), verdict, writing)
    given = _from_found(text, found, case, writing)
    return _with_strip(given, verdict, writing)


def _chosen(text: str) -> sources.Document | None:
    """Return the article that an editor chose for the question; without a database nothing was chosen."""
    try:
        return curated.document_for(text, day=timezone.localdate())
    except DatabaseError as error:
        logger.error("no curated answers: %s", type(error).__name__)
        return None


def _found(text: str, case: Case | None) -> retrieval.Found:
    """Search; where a rule knows a danger, its card must come whatever is wrong with the search."""
    try:
        return retrieval.search(text, limit=HITS)
    except Exception as error:
        if case is None:
            raise
        logger.error("no search beside a hazard: %s", type(error).__name__)
        return retrieval.NOTHING


def _verdict(text: str, found: retrieval.Found, case: Case | None, rules: tuple[Rule, ...], own: str) -> Verdict:
    if case is None and said_by_rule(text, rules, Decides.ABSENT):  # where a rule knows a danger, it stays one
        return Verdict(Strength.NONE)
    if case and case.ongoing and not found.hits:  # no search to say more than the rule does
        return Verdict(Strength.SURE, 1.0, case.slug, case.call)
    return weigh(text, found, case, own=own)


def _card(verdict: Verdict, found: retrieval.Found, writing: Writing) -> Answer:
    document = _article(verdict.slug)
    if document is None:
        return composing.danger_without_article(verdict.call)
    return replace(composing.danger(document, writing=writing), confidence=found.confidence if found.hits else None)


def _refused(refusal: Refusal, found: retrieval.Found) -> Answer:
    """Return the refusal; where somebody else is asked, the general rule too, if search is sure of one."""
    given = composing.refused(refusal)
    if refusal not in composing.GENERAL or found.decision != Decision.ANSWER:
        return given
    return composing.with_general_rule(given, found.hits[0].document, found.hits[0].passage)


def _from_found(text: str, found: retrieval.Found, case: Case | None, writing: Writing) -> Answer:
    if found.decision == Decision.ANSWER:
        hit = found.hits[0]
        given = composing.answer(hit.document, hit.passage, found.confidence, writing=writing)
        return rephrasing.rephrased(given, question=text, document=hit.document)
    if case and not finds_danger(found) and (document := _article(case.slug)):
        return composing.answer(document, None, found.confidence, writing=writing)
    if found.decision == Decision.CHOICE:
        beside = _documents(found.hits, BESIDE * max(hit.cosine for hit in found.hits))
        return composing.choice(beside, in_danger=asks_for_help(text), confidence=found.confidence)
    if len(text) <= BARE and (named := _named(text, found)):
        return composing.choice(named, in_danger=False, confidence=found.confidence)
    near = _documents(found.hits, NEAR)
    every = f"{settings.BASE_URL}{reverse('kb:list')}"
    links = {"all_articles": every, "search": f"{every}?q={quote(text[:60])}"}
    return composing.unknown(near, **links, confidence=found.confidence)


def _named(word: str, found: retrieval.Found) -> list[sources.Document]:
    """Return the articles found that have the bare word in their title."""
    return [hit.document for hit in found.hits if word in normalising.normalise(hit.document.title)]


def _with_strip(given: Answer, verdict: Verdict, writing: Writing) -> Answer:
    if verdict.strength == Strength.NONE:
        return given
    document = _article(verdict.slug or WHOM_TO_CALL)
    return composing.with_strip(given, document, writing=writing) if document else composing.with_numbers(given)


def _warnings(given: Answer, text: str, now: datetime) -> list[alerts.Warning]:
    """Return the warnings in force that have to do with the question or the article shown."""
    warnings = alerts.in_force(now)
    shown = _article(given.article or given.urgent) if warnings and (given.article or given.urgent) else None
    about = {"topics": [shown.topic], "titles": [shown.title]} if shown else {"topics": (), "titles": ()}
    return [warning for warning in warnings if warning.concerns(text=text, **about)]


def _article(slug: str) -> sources.Document | None:
    """Return the article from the index, or from the database while it is not there; None where that is down."""
    try:
        return retrieval.get(slug) or next((each for each in sources.articles() if each.id == slug), None)
    except DatabaseError as error:  # nobody can say what was withdrawn, but the number to call must come
        logger.error("no article of a hazard: %s", type(error).__name__)
        return None


def _documents(hits: tuple[retrieval.Hit, ...], cosine: float) -> list[sources.Document]:
    """Return the documents of the hits that are at least so near, each once, best first."""
    return list(dict.fromkeys(hit.document for hit in hits if hit.cosine >= cosine))

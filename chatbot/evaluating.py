"""The bot as the knowledge base's evaluation asks it: the same answer as in a chat, nothing noted."""

from collections.abc import Sequence

from django.urls import reverse

from chatbot.actions import asking
from chatbot.rules import normalising
from kb.evaluation.port import Said
from kb.followups import contextual


def answer(question: str, history: Sequence[str]) -> Said:
    """Return what the bot says to ``question`` after the same person's earlier ones."""
    given = asking.answer_to(normalising.normalise(contextual(normalising.visible(question), history)))
    offered = [choice.url for choice in given.choices]
    shown = (given.article,) if given.article else tuple(map(_slug, offered)) if given.kind == "choice" else ()
    return Said(str(given.kind), shown, given.text)


def _slug(url: str) -> str:
    return url.removeprefix(reverse("kb:list")).strip("/")

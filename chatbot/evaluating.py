"""The bot as the knowledge base's evaluation asks it: the same answer as in a chat, nothing noted."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from chatbot import answering
from chatbot.rules import normalising
from kb.evaluation.port import Said


def answer(question: str, history: Sequence[str]) -> Said:
    """Return what the bot says to ``question`` after the same person's earlier ones."""
    given = answering.reply(normalising.visible(question), history, now=timezone.now())
    offered = [choice.url for choice in given.choices]
    shown = (given.article,) if given.article else tuple(map(_slug, offered)) if given.kind == "choice" else ()
    return Said(str(given.kind), shown, given.text, given.urgent)


def _slug(url: str) -> str:
    return url.removeprefix(reverse("kb:list")).strip("/")

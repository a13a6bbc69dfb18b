"""What the bot's pages of the administration need from their templates."""

from collections.abc import Mapping

from django import template

from chatbot.enums import AnswerKind

register = template.Library()


@register.filter
def of(names: Mapping[str, str], key: str) -> str:
    """Return what ``key`` is called, or the key itself."""
    return names.get(key, key)


@register.filter
def kind_of_answer(value: str) -> str:
    """Return how people call a kind of answer, or what search decided: each decision is a kind."""
    return AnswerKind(value).label

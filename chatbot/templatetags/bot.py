"""What the bot's pages of the administration need from their templates."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def of(names: Mapping[str, str], key: str) -> str:
    """Return what ``key`` is called, or the key itself."""
    return names.get(key, key)

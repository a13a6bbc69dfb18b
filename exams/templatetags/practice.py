"""Filters of the practice pages."""

from django import template

register = template.Library()


@register.filter
def places(width: int) -> range:
    """Return the numbers of so many places, from 0."""
    return range(width)

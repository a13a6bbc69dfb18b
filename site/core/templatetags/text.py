"""Text filters for templates."""

from django import template

from core import markdown

register = template.Library()
register.filter("markdown", markdown.render)

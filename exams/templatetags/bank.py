"""How pages of the bank show a version."""

from django import template

from exams.queries.drafts import parts_of
from exams.rules.differences import part_line

register = template.Library()


@register.filter
def part_lines(version) -> list[str]:
    """Return the options of a version with its key, one a line; none of no version."""
    return [part_line(part) for part in parts_of(version.options.all())] if version else []

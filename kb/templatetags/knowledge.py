"""What article pages draw."""

import segno
from django import template

register = template.Library()


@register.filter
def qr(address: str) -> str:
    """Return the address as a QR code: the data URI of an SVG."""
    return segno.make(address, error="m", micro=False).svg_data_uri(border=2, scale=4)

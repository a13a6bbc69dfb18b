"""Where a notice may lead: pages of this site. Pure."""

from django.utils.http import url_has_allowed_host_and_scheme


def is_local(link: str) -> bool:
    """Say whether the link is a path on this site, whatever a browser makes of slashes and control characters."""
    return link.startswith("/") and url_has_allowed_host_and_scheme(link, allowed_hosts=None)

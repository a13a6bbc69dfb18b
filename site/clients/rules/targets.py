"""Where a webhook may point: over TLS to an address of the open internet. Pure."""

import ipaddress
from urllib.parse import urlsplit


class BadTarget(ValueError):
    """The address may not be called."""


def parts(url: str, *, private: bool = False) -> tuple[str, int]:
    """Return (host, port) of a URL that may be called; ``private`` allows plain http, for houses within one network.

    :raises BadTarget: another scheme, a user name, a fragment, or no host.
    """
    try:
        split = urlsplit(url)
        port = split.port
    except ValueError as error:
        raise BadTarget(str(error)) from error
    schemes = ("https", "http") if private else ("https",)
    if split.scheme not in schemes or not split.hostname or split.username or split.fragment:
        raise BadTarget(url)
    return split.hostname, port or (443 if split.scheme == "https" else 80)


def is_open(address: str) -> bool:
    """Say whether an IP address lies in the open internet: not in this house, this machine, or a cloud's metadata."""
    found = ipaddress.ip_address(address)
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_global and not found.is_multicast

"""Which network address a client has, told from behind a known number of proxies."""

from ipaddress import IPv6Address, ip_address, ip_network


def client_address(*, peer: str, forwarded: str, proxies: int) -> str:
    """Return the client's address; an IPv6 one as its /64, which is what one subscriber gets.

    ``forwarded`` is X-Forwarded-For. Only its last ``proxies`` entries were written by our own proxies, so a client
    cannot choose what it is taken for.
    """
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    claimed = hops[-proxies] if 0 < proxies <= len(hops) else peer
    try:
        address = ip_address(claimed)
    except ValueError:
        return peer
    return str(ip_network((address, 64), strict=False)) if isinstance(address, IPv6Address) else str(address)

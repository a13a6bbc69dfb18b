"""The signature that lets a page of ours use WeChat's JS-SDK (share cards).

Source: WeChat JS-SDK documentation, appendix 1.
"""

import hashlib


def signature(*, ticket: str, nonce: str, timestamp: int, url: str) -> str:
    """Return the SHA-1 (hex) over ticket, nonce, time and the page's address without its fragment."""
    page = url.partition("#")[0]
    text = f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={page}"
    return hashlib.sha1(text.encode()).hexdigest()  # noqa: S324  (WeChat's protocol)

"""Mobile numbers of mainland China, as people write them."""

import re
import unicodedata

MOBILE = re.compile(r"1[3-9]\d{9}")
SEPARATORS = re.compile(r"[\s\-‐–—()（）.]")


def parse(raw: str) -> str | None:
    """Return the number as E.164 (``+86…``), or None when it is no mobile number."""
    digits = SEPARATORS.sub("", unicodedata.normalize("NFKC", raw))
    digits = re.sub(r"^(\+|00)?86(?=1\d{10}$)", "", digits)
    return f"+86{digits}" if MOBILE.fullmatch(digits) else None

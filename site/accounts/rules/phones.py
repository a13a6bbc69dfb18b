"""Chinese mobile numbers as people type them, and their one normal form."""

import re
import unicodedata

SEPARATORS = re.compile(r"[\s\-‐-―−()·.]")
# 13–19 are the ranges given to mobile networks (MIIT, 电信网编号计划); 10 and 11 are services, 12 is not given out.
MOBILE = re.compile(r"(?:\+86|0086|86)?(1[3-9][0-9]{9})")


class InvalidPhone(ValueError):
    """The text is no mobile number of mainland China."""


def parse(raw: str) -> str:
    """Return ``raw`` in E.164 (``+86…``): full-width folded, spaces and dashes dropped, the country code optional.

    :raises InvalidPhone: it is not eleven digits that begin with 13 to 19.
    """
    match = MOBILE.fullmatch(SEPARATORS.sub("", unicodedata.normalize("NFKC", raw)))
    if match is None:
        raise InvalidPhone(raw)
    return f"+86{match[1]}"


def guess(raw: str) -> str:
    """Return ``raw`` in E.164 where it reads as a mobile number, else an empty text."""
    try:
        return parse(raw)
    except InvalidPhone:
        return ""


def is_phone(raw: str) -> bool:
    """Say whether ``raw`` reads as a mobile number."""
    return bool(guess(raw))


def mask(phone: str) -> str:
    """Return the number with its middle four digits hidden, as the carriers print it: 138****8000."""
    local = phone.removeprefix("+86")
    return f"{local[:3]}****{local[-4:]}" if len(local) == 11 else "*" * len(local)

"""What people type about themselves, hidden before it is kept: identity, telephone and card numbers, e-mail."""

import re

HIDDEN = "***"
PERSONAL = re.compile(
    r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.-]+"  # e-mail
    r"|(?<![A-Za-z0-9])[A-Za-z]{1,2}\d{7,8}(?!\d)"  # passport and permit
    r"|(?<!\d)0\d{2,3}[\s-]?\d{7,8}(?!\d)"  # telephone with area code
    r"|(?<!\d)(?:\d[\s-]?){10,}\d[\s-]?[Xx]?"  # mobile, identity number, bank card: eleven digits and more
    r"|[零〇一二两三四五六七八九幺壹贰叁肆伍陆柒捌玖]{11,}"
)


def mask(text: str) -> str:
    """Return ``text`` with personal numbers and e-mail addresses replaced by ``***``."""
    return PERSONAL.sub(HIDDEN, text)

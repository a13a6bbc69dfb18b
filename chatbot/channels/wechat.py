"""The bot in a WeChat account: plain text with absolute links."""

import re
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from chatbot.actions import asking
from chatbot.enums import Channel
from chatbot.rules.answers import Answer
from core.encryption import blind_index

BOLD = re.compile(r"\*\*(.+?)\*\*")
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
BULLET = re.compile(r"^[ \t]*[-*] ", re.MULTILINE)
HEADING = re.compile(r"^#+ ", re.MULTILINE)


def reply_to(openid: str, text: str, now: datetime) -> str:
    """Return the answer to a follower's message as WeChat shows it; each follower has one conversation."""
    conversation = UUID(blind_index(f"wechat:{openid}")[:32])
    try:
        answer = asking.ask(question=text, conversation=conversation, channel=Channel.WECHAT, by=None, now=now)
    except asking.BadQuestion as bad:
        return str(bad)
    return as_plain_text(answer)


def as_plain_text(answer: Answer) -> str:
    """Return the answer without Markdown, followed by its pages."""
    text = LINK.sub(r"\1 \2", BOLD.sub(r"\1", answer.text))
    text = HEADING.sub("", BULLET.sub("· ", text))
    pages = [_("Read more: %(link)s") % {"link": _absolute(citation.url)} for citation in answer.citations]
    pages += [f"{choice.title} {_absolute(choice.url)}" for choice in answer.choices]
    return "\n".join([text, *([""] if pages else []), *pages])


def _absolute(url: str) -> str:
    return url if url.startswith(("http://", "https://")) else f"{settings.BASE_URL}{url}"

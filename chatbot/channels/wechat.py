"""The bot in a WeChat account: plain text with absolute links."""

import re
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.utils.translation import gettext as _

from chatbot.actions import asking, messaging, tickets
from chatbot.enums import Channel
from chatbot.queries import desk, history
from chatbot.rules.answers import Answer
from core.encryption import blind_index

PERSON = re.compile(
    r"\s*(?:转?人工(?:客服|服务)?|找人工|a person please)(?:[\s，,。.!！:：]+(.*))?", re.IGNORECASE | re.DOTALL
)  # 人工呼吸 is a question
BOLD = re.compile(r"\*\*(.+?)\*\*")
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
BULLET = re.compile(r"^[ \t]*[-*] ", re.MULTILINE)
HEADING = re.compile(r"^#+ ", re.MULTILINE)


def reply_to(openid: str, text: str, now: datetime) -> str:
    """Return the answer to a follower's message as WeChat shows it; each follower has one conversation.

    人工, alone or before a question, leaves the question for a person. While somebody at the desk has it, what the
    follower writes goes there; what the desk answered comes with the next reply.
    """
    conversation = UUID(blind_index(f"wechat:{openid}")[:32])
    return "\n\n".join([*_from_desk(conversation, now), _reply(conversation, text, now)])


def _reply(conversation: UUID, text: str, now: datetime) -> str:
    try:
        if asked := PERSON.fullmatch(text):
            return _leave(conversation, asked[1] or "", now)
        if ticket := history.talking_ticket(conversation, now=now):
            return _pass_on(ticket, text, now)
        answer = asking.ask(question=text, conversation=conversation, channel=Channel.WECHAT, by=None, now=now)
    except (asking.BadQuestion, tickets.BadMessage) as bad:
        return str(bad)
    return as_plain_text(answer)


def _leave(conversation: UUID, question: str, now: datetime) -> str:
    about = {"conversation": conversation, "question": question, "channel": Channel.WECHAT}
    ticket = tickets.open_ticket(**about, by=None, now=now)
    told = _("Your question is with the desk: %(question)s") % {"question": ticket.question}
    if desk.is_staffed(now):
        return f"{told}\n{_('Somebody will look at it now. Write anything later to read the answer.')}"
    return f"{told}\n{_('The desk is closed now. Write anything later to read the answer.')}"


def _pass_on(ticket, text: str, now: datetime) -> str:
    card = messaging.write(ticket=ticket.pk, text=text, key=uuid4(), by=None, now=now)
    passed = _("Passed on to the desk. Write anything later to read the answer.")
    return f"{as_plain_text(card)}\n\n{passed}" if card else passed


def _from_desk(conversation: UUID, now: datetime) -> list[str]:
    """Return what the desk wrote since the follower's last message, which is thereby seen."""
    said = history.unseen(conversation)
    for ticket in {message.ticket_id for message in said}:
        tickets.seen(ticket=ticket, by=None, now=now)
    return [_("The desk: %(text)s") % {"text": message.text} for message in said]


def as_plain_text(answer: Answer) -> str:
    """Return the answer without Markdown, followed by its pages."""
    text = LINK.sub(r"\1 \2", BOLD.sub(r"\1", answer.text))
    text = HEADING.sub("", BULLET.sub("· ", text))
    pages = [_("Read more: %(link)s") % {"link": _absolute(citation.url)} for citation in answer.citations]
    pages += [f"{choice.title} {_absolute(choice.url)}" for choice in answer.choices]
    return "\n".join([text, *([""] if pages else []), *pages])


def _absolute(url: str) -> str:
    return url if url.startswith(("http://", "https://")) else f"{settings.BASE_URL}{url}"

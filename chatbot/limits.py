"""How much one client may ask."""

from datetime import datetime

from core.limits import WINDOW_S, take

__all__ = ["CONNECTIONS", "QUESTIONS", "WINDOW_S", "may_ask", "may_connect", "may_look", "may_write"]

QUESTIONS = 20  # of one connection
QUESTIONS_PER_ADDRESS = 120  # a classroom shares one
CONNECTIONS = 120  # opened per address
MESSAGES_PER_ADDRESS = 60  # to the desk, and judgements
LOOKS_PER_ADDRESS = 1200  # a classroom of pages that ask by themselves


def may_ask(*, address: str, now: datetime) -> bool:
    """Count one question of the address, in whatever channel; False when it is one too many."""
    return take(what="question", client=address, limit=QUESTIONS_PER_ADDRESS, now=now)


def may_connect(*, address: str, now: datetime) -> bool:
    """Count one connection of the address; False when it is one too many."""
    return take(what="socket", client=address, limit=CONNECTIONS, now=now)


def may_write(*, address: str, now: datetime) -> bool:
    """Count one message to the desk, judgement or forgetting of the address; False when it is one too many."""
    return take(what="chat-message", client=address, limit=MESSAGES_PER_ADDRESS, now=now)


def may_look(*, address: str, now: datetime) -> bool:
    """Count one look of the address at a conversation or ticket; False when it is one too many."""
    return take(what="chat-look", client=address, limit=LOOKS_PER_ADDRESS, now=now)

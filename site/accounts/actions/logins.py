"""Switch logins on and off, and end their sessions."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from accounts.models import User
from core.actions.auditing import record
from core.actions.retention import keep
from core.enums import Deed


def set_active(*, users: list[User], active: bool) -> None:
    """Switch the logins on or off; what ``end_sessions`` does follows from saving."""
    with transaction.atomic():
        for user in users:
            user.is_active = active
            user.save(update_fields=["is_active"])


def end_sessions(*, user: User) -> int:
    """End every session of the user and return how many there were.

    Django asks at each request whether the user is active, so a session is of no use once a login is switched off;
    removing it keeps it from coming back to life when the login is switched on again.
    """
    with transaction.atomic():
        sessions = list(UserSession.objects.filter(user=user))
        for session in sessions:
            session.end()
        if sessions:
            record(deed=Deed.ENDED, target=user, after={"sessions": len(sessions)})
    return len(sessions)


@keep("sessions", days=1, source="个人信息保护法第十九条：保存期限应当为实现处理目的所必要的最短时间")
def purge_sessions(before: datetime) -> int:
    """Remove sessions that are over, with the addresses and browsers noted of them."""
    with transaction.atomic():
        Session.objects.filter(expire_date__lt=before).delete()
        over = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key"))
        return over.filter(last_seen_at__lt=before).delete()[0]

"""Tell a user something: the only writer of notices."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation

from accounts.models import User
from core.nudging import nudge_on_commit
from core.telling import Kind
from notifications.kinds import kind_called
from notifications.models import Delivery, Notice
from notifications.queries.preferences import chosen_by
from notifications.rules import links, wishes

SUBJECT_LENGTH = Notice._meta.get_field("subject").max_length


class ContextIncomplete(Exception):
    """The context lacks something that the texts of this kind name."""


class NotLocal(Exception):
    """A notice links to our own pages only, by a path such as ``/exams/``."""


def notify(
    *,
    user: User,
    kind: str,
    key: str,
    context: Mapping[str, Any],
    link: str = "",
    by: User | None = None,
    now: datetime,
) -> Notice:
    """Put the notice into the user's inbox and on its way by the channels wanted.

    ``key`` names what happened: a second call for the same user, kind and key returns the first notice and sends
    nothing. It is part of the caller's transaction: no event without its notice, no notice without its event.

    :raises kinds.UnknownKind: no room declares the kind.
    :raises ContextIncomplete: the context lacks a name.
    :raises NotLocal: the link leads elsewhere.
    """
    what = kind_called(kind)
    if link and not links.is_local(link):
        raise NotLocal(link)
    subject, body = _texts(what, context)
    with transaction.atomic():
        notice, new = Notice.objects.get_or_create(
            user=user,
            kind=kind,
            key=key,
            defaults={"subject": subject, "body": body, "link": link, "created_at": now},
        )
        if new:
            _send_off(notice, what)
    return notice


def _texts(kind: Kind, context: Mapping[str, Any]) -> tuple[str, str]:
    """Return subject (one line) and body in the language of the house."""
    if missing := kind.example.keys() - context.keys():
        raise ContextIncomplete(f"{kind.name} needs {', '.join(sorted(missing))}")
    with translation.override(settings.LANGUAGE_CODE):
        values = {name: str(value) for name, value in context.items()}
        subject = " ".join((str(kind.subject) % values).split())
        return subject[:SUBJECT_LENGTH], str(kind.body) % values


def _send_off(notice: Notice, kind: Kind) -> None:
    channels = wishes.wanted(kind, chosen_by(user_id=notice.user_id, kind=kind.name))
    Delivery.objects.bulk_create(
        Delivery(notice=notice, channel=channel, next_at=notice.created_at) for channel in channels
    )
    if channels:
        nudge_on_commit("notifications.tasks.deliver", notice_id=notice.pk)

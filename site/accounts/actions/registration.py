"""Somebody registers; and what is left of registrations that nobody finished."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from accounts.models import PrivacyNotice, User
from core.actions.retention import keep

from . import consents


def register(*, save: Callable[[], User], notice: PrivacyNotice, address: str, now: datetime) -> User:
    """Store the new user with ``save`` and the consent without which there may be none, together."""
    with transaction.atomic():
        user = save()
        consents.give(user=user, notice=notice, address=address, by=user, now=now)
    return user


def forget(*, user: User) -> None:
    """Remove a registration whose first code could not be sent; one that was ever used stays."""
    with transaction.atomic():
        started = User.objects.select_for_update().filter(pk=user.pk, last_login=None, phone_verified_at=None).first()
        if started is not None:
            started.delete()


@keep("unfinished_registrations", days=2, source="个人信息保护法第十九条：保存期限为实现处理目的所必要的最短时间")
def purge_unfinished(before: datetime) -> int:
    """Remove users who never verified the number they registered with; they never got in."""
    unfinished = User.objects.filter(
        last_login=None, phone_verified_at=None, date_joined__lt=before, person=None, groups=None, is_superuser=False
    ).exclude(phone="")
    removed = list(unfinished)
    for user in removed:
        user.delete()
    return len(removed)

"""Where programs are told: add, turn off and on, send again."""

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from clients.enums import DeliveryState, HappeningKind
from clients.models import Client, Delivery, Webhook
from clients.rules import signatures, targets
from core.nudging import nudge_on_commit

from .keys import NotAnAdministrator


def add(*, client: Client, url: str, kinds: Collection[HappeningKind | str], by: User, now: datetime) -> Webhook:
    """Return a new webhook with a secret of its own.

    :raises NotAnAdministrator: ``by`` lacks the role.
    :raises targets.BadTarget: the address may not be called.
    :raises ValueError: no kind or an unknown one.
    """
    if not has_role(by, Role.ADMINISTRATOR):
        raise NotAnAdministrator
    targets.parts(url, private=settings.WEBHOOK_PRIVATE_ADDRESSES)
    wanted = sorted(HappeningKind(kind).value for kind in set(kinds))
    if not wanted:
        raise ValueError(kinds)
    with transaction.atomic():
        return Webhook.objects.create(
            client=client, url=url, kinds=wanted, secret=signatures.new_secret(), created_at=now
        )


def switch(*, webhook_id: int, active: bool, by: User, now: datetime) -> Webhook:
    """Turn a webhook off or on; what happened meanwhile is not told, the client asks for it by cursor.

    :raises NotAnAdministrator: ``by`` lacks the role.
    """
    if not has_role(by, Role.ADMINISTRATOR):
        raise NotAnAdministrator
    with transaction.atomic():
        hook = Webhook.objects.select_for_update().get(pk=webhook_id)
        hook.active = active
        hook.save(update_fields=["active"])
    return hook


def send_again(*, delivery_id: int, by: User, now: datetime) -> None:
    """Try a delivery anew that was given up.

    :raises NotAnAdministrator: ``by`` lacks the role.
    """
    if not has_role(by, Role.ADMINISTRATOR):
        raise NotAnAdministrator
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery_id, state=DeliveryState.FAILED).update(
            state=DeliveryState.WAITING, tries=0, next_at=now
        )
        nudge_on_commit("clients.tasks.deliver_due")

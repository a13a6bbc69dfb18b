"""Make, use and revoke the keys of programs."""

import hmac
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from clients.enums import Scope
from clients.models import ApiKey, Client
from clients.rules import keys

NOTED_EVERY = timedelta(minutes=5)  # last use is for people to see, not worth a write per request


class NotAnAdministrator(Exception):
    """Only an administrator gives programs access."""


def issue(
    *, client: Client, scopes: Collection[Scope | str], expires_at: datetime, by: User, now: datetime
) -> tuple[ApiKey, str]:
    """Return a new key with its text, which nobody can read again.

    :raises NotAnAdministrator: ``by`` lacks the role.
    :raises ValueError: no scope or an unknown one, or it would end before ``now``.
    """
    if not has_role(by, Role.ADMINISTRATOR):
        raise NotAnAdministrator
    wanted = sorted(Scope(scope).value for scope in set(scopes))
    if not wanted or expires_at <= now:
        raise ValueError(scopes, expires_at)
    prefix, text = keys.make()
    with transaction.atomic():
        key = ApiKey.objects.create(
            client=client,
            prefix=prefix,
            digest=keys.digest(text),
            scopes=wanted,
            created_by=by,
            created_at=now,
            expires_at=expires_at,
        )
    return key, text


def revoke(*, key_id: int, by: User, now: datetime) -> ApiKey:
    """End a key at once; again changes nothing.

    :raises NotAnAdministrator: ``by`` lacks the role.
    """
    if not has_role(by, Role.ADMINISTRATOR):
        raise NotAnAdministrator
    with transaction.atomic():
        key = ApiKey.objects.select_for_update().get(pk=key_id)
        if key.revoked_at is None:
            key.revoked_at = now
            key.save(update_fields=["revoked_at"])
    return key


def used(text: str, *, now: datetime) -> ApiKey | None:
    """Return the key of that text if it opens anything at ``now``, and note its use (one query, seldom two)."""
    key = ApiKey.objects.select_related("client").filter(prefix=keys.prefix_of(text)).first()
    if key is None or not hmac.compare_digest(key.digest, keys.digest(text)) or not key.counts_at(now):
        return None
    if key.last_used_at is None or now - key.last_used_at > NOTED_EVERY:
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)
    return key

"""Take away second factors that are lost, and seal their secrets under a new key."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.models import User
from core import encryption
from core.actions.auditing import record
from core.enums import Deed

from .logins import end_sessions

SECRETS = ("secret", "seed", "migrated_codes")  # what allauth seals in an authenticator's data


def reset(*, user: User, reason: str, by: User | None) -> int:
    """Remove all factors of the user, who lost them, end the sessions, and return how many there were."""
    with transaction.atomic():
        kinds = list(Authenticator.objects.select_for_update().filter(user=user).values_list("type", flat=True))
        Authenticator.objects.filter(user=user).delete()
        if kinds:
            record(deed=Deed.WITHDRAWN, target=user, before={"factors": sorted(kinds)}, reason=reason, by=by)
            end_sessions(user=user)
    return len(kinds)


def reseal() -> int:
    """Seal every secret under the first key of FIELD_ENCRYPTION_KEYS and return how many; part of rotating keys."""
    count = 0
    for pk in Authenticator.objects.values_list("pk", flat=True):
        with transaction.atomic():
            row = Authenticator.objects.select_for_update().filter(pk=pk).first()
            if row and (sealed := {name: _again(row.data[name]) for name in SECRETS if row.data.get(name)}):
                row.data |= sealed
                row.save(update_fields=["data"])
                count += len(sealed)
    return count


def _again(value):
    if isinstance(value, list):
        return [_again(one) for one in value]
    return encryption.encrypt(encryption.decrypt(value))

"""Two-factor authentication as allauth does it, with our key ring and our rules."""

from typing import ClassVar

from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core import encryption

from .queries.staff import is_staff

PROOFS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes alone are no factor


def factors_of(user) -> set[str]:
    """Return the kinds of second factor that the user has set up (one query)."""
    return set(Authenticator.objects.filter(user=user, type__in=PROOFS).values_list("type", flat=True))


def proved(request) -> bool:
    """Say whether a second factor was used in this session."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def removable(authenticator: Authenticator) -> bool:
    """Say whether the factor may go: while two factors are required, staff keep at least one (two queries)."""
    if not settings.STAFF_SECOND_FACTOR or authenticator.type not in PROOFS or not is_staff(authenticator.user):
        return True
    return Authenticator.objects.filter(user=authenticator.user, type__in=PROOFS).exclude(pk=authenticator.pk).exists()


class FactorAdapter(DefaultMFAAdapter):
    """Secrets are sealed under FIELD_ENCRYPTION_KEYS; the last factor of staff stays."""

    error_messages: ClassVar[dict] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("Staff keep at least one second factor. Set up another one first."),
        "cannot_generate_recovery_codes": _("Recovery codes come after the first second factor."),
        "incorrect_code": _("The code is not right, or it was used already. Wait for the next one."),
    }

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return removable(authenticator)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": context.request.get_host().partition(":")[0], "name": settings.WAGTAIL_SITE_NAME}

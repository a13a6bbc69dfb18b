"""How this house uses allauth."""

from allauth.account.adapter import DefaultAccountAdapter
from django.utils import timezone

from core.encryption import blind_index

from .lockouts import Lockouts
from .models import User


class AccountAdapter(Lockouts, DefaultAccountAdapter):
    """People register with their phone number; the number is sealed and found through its digest."""

    def get_login_stages(self) -> list[str]:
        theirs, ours = "allauth.account.stages.PhoneVerificationStage", "accounts.stages.PhoneStage"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]

    def set_phone(self, user, phone: str, verified: bool):
        user.phone = phone
        user.phone_digest = blind_index(phone)
        user.phone_verified_at = timezone.now() if verified else None
        user.save(update_fields=["phone", "phone_digest", "phone_verified_at"])

    def get_phone(self, user):
        return (user.phone, user.phone_verified_at is not None) if user.phone else None

    def set_phone_verified(self, user, phone: str):
        self.set_phone(user, phone, verified=True)

    def get_user_by_phone(self, phone: str):
        return User.objects.filter(phone_digest=blind_index(phone)).first()

    def send_verification_code_sms(self, user, phone: str, code: str, **kwargs):
        raise NotImplementedError

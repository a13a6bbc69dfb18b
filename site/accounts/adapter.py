"""How this house uses allauth: people come in by phone number or user name, and codes go out as text messages."""

import logging
import secrets
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import sms
from core.encryption import blind_index
from core.telling import moment, tell

from .enums import Purpose
from .lockouts import Lockouts
from .models import User
from .queries.consents import current_notice
from .rules import phones

log = logging.getLogger(__name__)
WRONG_LOGIN = _("The user name, the phone number or the password is wrong.")


class NotSent(Exception):
    """No message went out; the text says why, for the person who waits for it."""


class AccountAdapter(Lockouts, DefaultAccountAdapter):
    """The number is sealed and found through its digest, which a user has only once the number is verified.

    Whoever types somebody else's number at registration therefore takes nothing away from its owner, and an account
    that was never verified can never be reached through the number.
    """

    error_messages = Lockouts.error_messages | {
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": _("The code is wrong."),
        "incorrect_password": _("The password is wrong."),
        "phone_password_mismatch": WRONG_LOGIN,
        "phone_taken": _("This phone number belongs to another account. Log in with it, or give another number."),
        "rate_limited": _("Too many requests. Wait a minute and try again."),
        "same_as_current": _("This is the number you have already."),
        "username_blacklisted": _("This user name cannot be used. Choose another one."),
        "username_password_mismatch": WRONG_LOGIN,
        "username_taken": _("This user name is taken. Choose another one."),
    }

    def is_open_for_signup(self, request) -> bool:
        """Open as soon as there is a notice to agree to."""
        return current_notice(Purpose.ACCOUNT, day=timezone.localdate()) is not None

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """Refuse names that read as a phone number: at the login they would stand for its owner."""
        if phones.is_phone(username):
            raise self.validation_error("username_blacklisted")
        return super().clean_username(username, shallow=shallow)

    def generate_unique_username(self, txts, regex=None) -> str:
        """Return the name of somebody who registers by phone: random, so that it says nothing and cannot be guessed."""
        return f"u{secrets.randbelow(10**12):012d}"

    def phone_form_field(self, **kwargs):
        from .forms.entrance import PhoneField

        return PhoneField(**kwargs)

    def get_login_stages(self) -> list[str]:
        theirs, ours = "allauth.account.stages.PhoneVerificationStage", "accounts.stages.PhoneStage"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]

    def set_phone(self, user, phone: str, verified: bool):
        user.phone = phone
        user.phone_digest = blind_index(phone) if verified else None
        user.phone_verified_at = timezone.now() if verified else None
        user.save(update_fields=["phone", "phone_digest", "phone_verified_at"])

    def get_phone(self, user):
        return (user.phone, user.phone_verified_at is not None) if user.phone else None

    def set_phone_verified(self, user, phone: str):
        if user.phone == phone and user.phone_verified_at:
            return  # else each login by code would leave an audit entry
        before = user.phone if user.phone_verified_at else ""
        self.set_phone(user, phone, verified=True)
        if before:
            self._tell_changed(user, before)

    def _tell_changed(self, user, before: str) -> None:
        """Tell both numbers: whoever took the account over has the new one only."""
        now = user.phone_verified_at
        context = {"account": user.get_username(), "when": moment(now), "phone": phones.mask(user.phone)}
        link = reverse("my_account")
        tell(user=user, kind="phone_changed", key=now.isoformat(), context=context, link=link, by=user, now=now)
        try:
            self._send(before, gettext("[Xuehui Yingji] Your account has another number. Not you? Tell the bureau."))
        except NotSent as lost:
            log.warning("the number before was not told of the change: %s", lost)

    def get_user_by_phone(self, phone: str):
        """Return who has verified the number, in whatever form it is given."""
        number = phones.guess(phone)
        return User.objects.filter(phone_digest=blind_index(number)).first() if number else None

    def send_verification_code_sms(self, user, phone: str, code: str, **kwargs):
        minutes = settings.ACCOUNT_PHONE_VERIFICATION_TIMEOUT // 60
        text = gettext("[Xuehui Yingji] Your code is %(code)s. It holds for %(minutes)s minutes. Give it to nobody.")
        self._send(phone, text % {"code": code, "minutes": minutes})

    def send_account_already_exists_sms(self, phone: str):
        self._send(
            phone,
            gettext("[Xuehui Yingji] This number has an account already. Log in with a code, or reset the password."),
        )

    def send_unknown_account_sms(self, phone: str, **kwargs):
        """Also to a number without account: no answer, and no time it takes, tells one from the other."""
        self._send(
            phone, gettext("[Xuehui Yingji] There is no account with this number. You can register on our site.")
        )

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Send allauth's reset code, which it would post to an e-mail address, to the phone number given as one."""
        if template_prefix == "account/email/password_reset_code":
            self.send_verification_code_sms(None, phone=email, code=context["code"])
        elif template_prefix == "account/email/unknown_account":
            self.send_unknown_account_sms(email)
        else:
            super().send_mail(template_prefix, email, context)

    def _send(self, phone: str, text: str) -> None:
        try:
            sms.gateway().send(phone=phone, text=text, key=f"account-{uuid4().hex}")
        except sms.Refused as refused:
            log.info("a code was refused: %s", refused)
            raise NotSent(
                gettext(
                    "No message could be sent to this number. Check the number; one message a minute and ten a day"
                    " can be sent to it."
                )
            ) from refused
        except sms.Unavailable as down:
            log.warning("a code could not be sent: %s", down)
            raise NotSent(
                gettext("Messages cannot be sent at the moment. What you typed is kept: try again in a few minutes.")
            ) from down

"""What people fill in to register, log in, and set a new password; each is an allauth form of this house's kind.

Registration is either by phone number (the platform then makes up a user name) or by user name, never by both at once:
whether the name was taken afterwards would tell whether the number was known. A number can be added later.
"""

from functools import partial

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.actions import registration
from accounts.enums import Purpose
from accounts.rules import phones
from core.addresses import address_of_request

from .agreement import AgreementForm


class PhoneField(forms.CharField):
    """A Chinese mobile number in any way people write it; cleaned to ``+86…``."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Phone number"))
        kwargs.setdefault("max_length", 32)
        super().__init__(**kwargs)

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return ""
        try:
            return phones.parse(value)
        except phones.InvalidPhone as error:
            message = _("Enter a mobile number of mainland China: eleven digits, such as 138 0013 8000.")
            raise ValidationError(message, code="invalid_phone") from error


class LoginForm(allauth_forms.LoginForm):
    def clean_login(self) -> str:
        """Bring a phone number to its one form: written differently, it counts failed attempts together."""
        login = super().clean_login()
        return phones.guess(login) or login


class SignupForm(AgreementForm, allauth_forms.SignupForm):
    purpose = Purpose.ACCOUNT

    def clean(self):
        data = super().clean()
        given = [name for name in ("phone", "username") if data.get(name) or name in self.errors]
        if len(given) != 1:
            raise ValidationError(_("Give either a phone number or a user name."))
        return data

    def try_save(self, request):
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])  # takes as long as a real registration
            get_adapter().unstash_verified_email(request)  # and leaves the same cookie
        return super().try_save(request)

    def save(self, request):
        return registration.register(
            save=partial(super().save, request),
            notice=self.cleaned_data["notice"],
            address=address_of_request(request),
            now=request.now,
        )


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """A new password by phone. allauth knows this by e-mail only, so the number goes where it expects an address."""

    email = None
    phone = PhoneField()

    def clean(self):
        data = super().clean()
        if phone := data.get("phone"):
            user = get_adapter().get_user_by_phone(phone)
            self.users = [user] if user and user.is_active else []
            data["email"] = phone
        return data

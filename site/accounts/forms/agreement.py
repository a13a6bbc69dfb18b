"""Consent as a part of a form."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Purpose
from accounts.queries.consents import current_notice


class AgreementForm(forms.Form):
    """Consent to the notice of ``purpose`` in the version that was on the screen."""

    purpose: Purpose
    agreed = forms.BooleanField(error_messages={"required": _("Without your consent we may not go on.")})
    notice = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.current = current_notice(self.purpose, day=timezone.localdate())

    def clean_notice(self):
        if self.current is None or self.cleaned_data["notice"] != self.current.pk:
            raise ValidationError(_("The notice has changed meanwhile. Read it again and agree to it."))
        return self.current

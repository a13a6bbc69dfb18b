"""Forms for programs, keys and webhooks."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .enums import HappeningKind, Scope
from .models import Client
from .rules import targets

TERMS = ((90, _("90 days")), (365, _("one year")), (730, _("two years")))


class ClientForm(forms.ModelForm):
    class Meta:
        model = Client
        fields = ("name", "contact", "per_minute", "active")


class KeyForm(forms.Form):
    """What a key may do, and for how long."""

    scopes = forms.MultipleChoiceField(label=_("May"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple)
    days = forms.TypedChoiceField(label=_("Counts for"), choices=TERMS, coerce=int, initial=365)

    def expires_at(self, now):
        return now + timedelta(days=self.cleaned_data["days"])


class WebhookForm(forms.Form):
    """Where to tell of what."""

    url = forms.URLField(label=_("Address"), max_length=500, assume_scheme="https")
    kinds = forms.MultipleChoiceField(
        label=_("Tells of"), choices=HappeningKind.choices, widget=forms.CheckboxSelectMultiple
    )

    def clean_url(self):
        url = self.cleaned_data["url"]
        try:
            targets.parts(url, private=settings.WEBHOOK_PRIVATE_ADDRESSES)
        except targets.BadTarget as error:
            raise ValidationError(_("Write an https address without a user name.")) from error
        return url

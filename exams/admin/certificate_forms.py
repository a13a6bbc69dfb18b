"""Forms of those who look after certificates."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.sheets import tables
from exams.enums import ImportMode
from exams.rules.registers import reasons


class ReasonForm(forms.Form):
    """Why; the holder reads it."""

    reason = forms.CharField(
        label=_("Reason (the holder reads it)"), max_length=300, widget=forms.Textarea({"rows": 3})
    )


class DecisionForm(forms.Form):
    """What a second person decides about a proposal."""

    decision = forms.ChoiceField(
        choices=[("approve", _("Carry it out")), ("refuse", _("Refuse")), ("withdraw", _("Take it back"))]
    )
    note = forms.CharField(required=False, max_length=300)


class ReviewForm(forms.Form):
    """When a review was done."""

    done_on = forms.DateField(label=_("done on"), widget=forms.DateInput({"type": "date"}))


class RegisterForm(forms.Form):
    """An old register, and where it comes from."""

    file = forms.FileField(
        label=_("Register (XLSX or CSV, up to 10 MB)"), widget=forms.FileInput({"accept": ".xlsx,.csv"})
    )
    source = forms.CharField(
        label=_("Where it comes from"),
        max_length=200,
        help_text=_("Who kept it, as of which day: it is stored with every certificate."),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > tables.MAX_BYTES:
            raise ValidationError(reasons.of_file("too_large"))
        return file


class ModeForm(forms.Form):
    """Which lines of a register are taken over."""

    mode = forms.ChoiceField(choices=ImportMode)

"""What staff fill in about people; every form asks why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actions.disclosures import FIELDS
from accounts.enums import RealNameState

REASON = {"label": _("Reason"), "max_length": 300, "widget": forms.TextInput}


class UnmaskForm(forms.Form):
    field = forms.ChoiceField(label=_("What to show"), choices=FIELDS.items())
    reason = forms.CharField(**REASON, help_text=_("It is recorded with your name."))


class RealNameForm(forms.Form):
    state = forms.ChoiceField(
        label=_("What you found"),
        choices=[(state.value, state.label) for state in (RealNameState.MATCHED, RealNameState.MISMATCHED)],
    )
    reason = forms.CharField(**REASON, help_text=_("Which document you looked at, and where."))


class NameForm(forms.Form):
    name = forms.CharField(label=_("Name as in the document"), max_length=80)
    reason = forms.CharField(**REASON)


class ExportForm(forms.Form):
    format = forms.ChoiceField(label=_("Format"), choices=[("xlsx", "XLSX"), ("csv", "CSV")])
    unmasked = forms.BooleanField(label=_("Names and numbers in clear"), required=False)
    reason = forms.CharField(**REASON, required=False, help_text=_("Needed for names and numbers in clear."))


class PairForm(forms.Form):
    """Two persons by their whole numbers: they travel in the body, never in an address."""

    keep = forms.CharField(label=_("Identity number of the one to keep"), max_length=40)
    drop = forms.CharField(label=_("Identity number of the one to merge into it"), max_length=40)


class MergeForm(forms.Form):
    keep_id = forms.IntegerField(widget=forms.HiddenInput)
    drop_id = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(**REASON)


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Decision"), choices=[("carry_out", _("Carry it out")), ("refuse", _("Refuse it"))]
    )
    note = forms.CharField(**{**REASON, "label": _("Note to the person")}, required=False)

"""Forms any visitor may send."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import ErrorReport


class ErrorReportForm(forms.ModelForm):
    class Meta:
        model = ErrorReport
        fields = ["path", "text"]
        labels = {"path": _("page"), "text": _("what is wrong")}

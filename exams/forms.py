"""Forms of the exam domain."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import OperationRule


class PracticalForm(forms.Form):
    """Marks per subject of a rule, and the veto; ``number`` says which attempt they are of."""

    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    veto_reason = forms.CharField(
        label=_("Veto item, if one applied (fails the whole exam)"), required=False, max_length=200
    )

    def __init__(self, *args, rule: OperationRule, **kwargs):
        super().__init__(*args, **kwargs)
        self.subjects = list(rule.subjects.all())
        for subject in self.subjects:
            self.fields[subject.code] = forms.IntegerField(
                label=f"{subject.code} {subject.name}（0–{subject.marks}）", min_value=0, max_value=subject.marks
            )
        self.order_fields([*(subject.code for subject in self.subjects), "veto_reason"])

    @property
    def marks(self) -> dict[str, int]:
        """Marks per subject code, once valid."""
        return {subject.code: self.cleaned_data[subject.code] for subject in self.subjects}

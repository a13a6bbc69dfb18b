"""Forms of the exam domain."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .enums import QuestionKind
from .models import KnowledgePoint, OperationRule
from .rules.items import TRUE_FALSE, Draft
from .rules.responses import LETTERS
from .rules.scoring import Part


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


class QuestionForm(forms.Form):
    """A new version of a question: one option a line, the key by its letter; true/false needs no options."""

    code = forms.SlugField(label=_("Question code"), max_length=50)
    point = forms.ModelChoiceField(KnowledgePoint.objects.select_related("operation"), label=_("Knowledge point"))
    kind = forms.ChoiceField(choices=QuestionKind, label=_("Kind of question"))
    stem = forms.CharField(label=_("Stem"), widget=forms.Textarea({"rows": 3}), max_length=2000)
    options = forms.CharField(
        label=_("Options, one a line"), widget=forms.Textarea({"rows": 4}), required=False, max_length=2000
    )
    right = forms.CharField(
        label=_("Key"), help_text=_("The letter; for true/false A is right, B is wrong."), max_length=1
    )
    explanation = forms.CharField(label=_("Explanation"), widget=forms.Textarea({"rows": 3}), max_length=2000)
    source = forms.CharField(label=_("Source"), max_length=300)

    def clean_right(self) -> int:
        place = LETTERS.find(self.cleaned_data["right"].strip().upper())
        if place < 0:
            raise forms.ValidationError(_("The key is one letter, such as A."))
        return place

    def draft(self) -> Draft:
        """Return what was typed, once valid."""
        data = dict(self.cleaned_data)
        lines = [line.strip() for line in data.pop("options").splitlines() if line.strip()]
        options = TRUE_FALSE if data["kind"] == QuestionKind.TRUE_FALSE else lines
        right = data.pop("right")
        data["point"] = data["point"].code
        return Draft(parts=tuple(Part(place, text, place == right) for place, text in enumerate(options)), **data)

"""Forms of the exam domain."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .enums import QuestionKind
from .models import KnowledgePoint
from .rules.responses import LETTERS


class QuestionForm(forms.Form):
    """A new version of a question: one option a line, the key by its letter; true/false needs no options."""

    TRUE_FALSE = ("正确", "错误")

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

    def clean(self):
        data = super().clean()
        lines = [line.strip() for line in data.get("options", "").splitlines() if line.strip()]
        data["options"] = self.TRUE_FALSE if data.get("kind") == QuestionKind.TRUE_FALSE else lines
        return data

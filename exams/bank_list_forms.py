"""The filter of the question bank, what may be done to chosen questions, and the tree of points."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .bank_forms import LEVELS
from .enums import QuestionKind
from .models import KnowledgePoint, Operation
from .queries.bank import STATES, Wanted

STATE_LABELS = {
    "in_use": _("in use"),
    "waiting": _("waiting for approval"),
    "returned": _("returned to its author"),
    "retired": _("retired"),
}


class BankFilter(forms.Form):
    """What the list of the bank is narrowed to."""

    YES_NO = [("", "–"), ("yes", _("yes")), ("no", _("no"))]

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    operation = forms.ModelChoiceField(Operation.objects.none(), label=_("operation"), required=False)
    point = forms.ModelChoiceField(KnowledgePoint.objects.none(), label=_("knowledge point"), required=False)
    kind = forms.ChoiceField(choices=[("", "–"), *QuestionKind.choices], label=_("kind"), required=False)
    difficulty = forms.TypedChoiceField(
        choices=[("", "–"), *LEVELS], coerce=int, empty_value=None, label=_("difficulty"), required=False
    )
    state = forms.ChoiceField(
        choices=[("", "–"), *((key, STATE_LABELS[key]) for key in STATES)], label=_("state"), required=False
    )
    reserved = forms.ChoiceField(choices=YES_NO, label=_("reserved for exams"), required=False)
    stale = forms.ChoiceField(choices=YES_NO, label=_("cites what no longer holds"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["operation"].queryset = Operation.objects.filter(knowledge_points__isnull=False).distinct()
        self.fields["point"].queryset = KnowledgePoint.objects.select_related("operation").order_by("operation", "code")

    @property
    def wanted(self) -> Wanted:
        """Return the filter; what was mistyped counts as not said."""
        self.is_valid()
        said = self.cleaned_data
        yes_no = {"yes": True, "no": False}
        return Wanted(
            q=said.get("q", ""),
            operation=said["operation"].pk if said.get("operation") else None,
            point=said["point"].pk if said.get("point") else None,
            kind=said.get("kind", ""),
            difficulty=said.get("difficulty"),
            state=said.get("state", ""),
            reserved=yes_no.get(said.get("reserved")),
            stale=yes_no.get(said.get("stale")),
        )


class BulkForm(forms.Form):
    """What to change on the chosen questions; empty leaves it as it is."""

    RESERVED = [("", "–"), ("yes", _("reserve for exams")), ("no", _("free for practice"))]
    RETIRED = [("", "–"), ("yes", _("retire")), ("no", _("bring back"))]

    difficulty = forms.TypedChoiceField(
        choices=[("", "–"), *LEVELS], coerce=int, empty_value=None, label=_("difficulty"), required=False
    )
    point = forms.ModelChoiceField(
        KnowledgePoint.objects.select_related("operation").order_by("operation", "code"),
        label=_("knowledge point"),
        required=False,
    )
    reserved = forms.ChoiceField(choices=RESERVED, label=_("reserve"), required=False)
    retired = forms.ChoiceField(choices=RETIRED, label=_("retirement"), required=False)

    def changes(self) -> dict:
        """Return what ``bank.Changes`` takes, once valid."""
        yes_no = {"yes": True, "no": False}
        said = dict(self.cleaned_data)
        return {**said, "reserved": yes_no.get(said["reserved"]), "retired": yes_no.get(said["retired"])}


class PointForm(forms.Form):
    """A point of one operation's tree."""

    code = forms.CharField(label=_("code"), max_length=16)
    name = forms.CharField(label=_("name"), max_length=80)
    parent = forms.ModelChoiceField(KnowledgePoint.objects.none(), label=_("part of"), required=False)

    def __init__(self, *args, operation: Operation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = operation.knowledge_points.order_by("code")

"""The form of a blueprint: its switches, and its rows as a table that grows without scripts."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from exams.actions.blueprints import ROW_FIELDS
from exams.enums import QuestionKind
from exams.models import Blueprint, BlueprintRow, KnowledgePoint, Operation
from exams.models.bank import EASIEST, HARDEST

MOST_ROWS = 100
MOST_QUESTIONS = 300  # of one row
EMPTY_ROWS = 3
CHOICES = [(level, str(level)) for level in range(EASIEST, HARDEST + 1)]


class OperationForm(forms.Form):
    """For which operation a new blueprint is."""

    operation = forms.ModelChoiceField(
        Operation.objects.filter(knowledge_points__isnull=False).distinct(), label=_("Operation")
    )


class NameForm(forms.Form):
    """What a copy is called."""

    name = forms.CharField(max_length=80, label=_("Name"))


class BlueprintForm(forms.ModelForm):
    """Name and switches."""

    class Meta:
        model = Blueprint
        fields = [
            "name",
            "no_near_duplicates",
            "covers_every_point",
            "evens_exposure",
            "shuffles_questions",
            "shuffles_options",
        ]


class RowForm(forms.ModelForm):
    """One row; the kind may be left open where whole cases are drawn."""

    kind = forms.ChoiceField(choices=[("", "–"), *QuestionKind.choices], required=False, label=_("kind"))
    easiest = forms.TypedChoiceField(choices=CHOICES, coerce=int, initial=EASIEST, label=_("easiest"))
    hardest = forms.TypedChoiceField(choices=CHOICES, coerce=int, initial=HARDEST, label=_("hardest"))
    count = forms.IntegerField(min_value=1, max_value=MOST_QUESTIONS, label=_("number of questions"))
    marks = forms.DecimalField(
        min_value=Decimal("0.01"), max_digits=5, decimal_places=2, initial=1, label=_("marks each")
    )

    class Meta:
        model = BlueprintRow
        fields = ROW_FIELDS

    def __init__(self, *args, points, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["point"] = forms.ModelChoiceField(points, required=False, empty_label=_("any"), label=_("Point"))
        for name, field in self.fields.items():
            field.widget.attrs["aria-label"] = field.label or name
            if name in ("point", "scoring"):
                field.widget.attrs["class"] = "w-w-52 w-text-14"  # Wagtail's own: long choices leave room for the rest

    def clean(self):
        data = super().clean()
        if not data.get("kind") and not data.get("cases"):
            self.add_error("kind", _("Choose a kind, or whole cases."))
        if (data.get("easiest") or EASIEST) > (data.get("hardest") or HARDEST):
            self.add_error("hardest", _("The easiest is harder than the hardest."))
        return data

    def validate_constraints(self):
        """The rows are checked against each other, below, and stored as a whole."""


class BaseRows(forms.BaseFormSet):
    """The rows of one blueprint: at least one, no two for the same questions."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if self.can_delete:
            form.fields["DELETE"].widget.attrs["aria-label"] = _("Remove this row")

    @property
    def wanted(self) -> list[dict]:
        """Return the rows to store, once valid."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]

    @property
    def unsaved(self) -> list[BlueprintRow]:
        """Return the same as rows that were not saved."""
        return [BlueprintRow(**{name: row[name] for name in ROW_FIELDS}) for row in self.wanted]

    def clean(self):
        if any(self.errors):
            return
        keys = [tuple(row[name] for name in ("point", "kind", "cases", "easiest", "hardest")) for row in self.wanted]
        if not keys:
            raise forms.ValidationError(_("A blueprint has at least one row."))
        if len(set(keys)) < len(keys):
            raise forms.ValidationError(_("Two rows are for the same point, kind and difficulty: make them one."))


def rows_of(blueprint: Blueprint, data=None, *, more: int = EMPTY_ROWS) -> BaseRows:
    """Return the rows' table: as sent, or as stored, with empty rows to fill in."""
    factory = forms.formset_factory(
        RowForm, formset=BaseRows, extra=more, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS
    )
    points = KnowledgePoint.objects.filter(operation=blueprint.operation_id).order_by("code")
    stored = (
        [
            {name: getattr(row, f"{name}_id" if name == "point" else name) for name in ROW_FIELDS}
            for row in blueprint.rows.order_by("pk")
        ]
        if blueprint.pk and data is None
        else None
    )
    return factory(data, initial=stored, prefix="rows", form_kwargs={"points": points})


def with_more_rows(data):
    """Return what was sent with some more empty rows."""
    grown = data.copy()
    total = grown.get("rows-TOTAL_FORMS", "0")
    grown["rows-TOTAL_FORMS"] = str(min(MOST_ROWS, (int(total) if total.isdecimal() else 0) + EMPTY_ROWS))
    return grown

"""Forms of bringing questions in and taking them out."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .bank_list_forms import BankFilter
from .enums import ExchangeFormat
from .exchange import formats, reasons
from .models import KnowledgePoint, Operation, QuestionImport

MOST_MEGABYTES = max(formats.MAX_MEGABYTES.values())
FORMATS = [("", _("Find out")), (ExchangeFormat.XLSX, _("Table (XLSX or CSV)")), *ExchangeFormat.choices[2:5]]
FORMATS.append((ExchangeFormat.QTI21, _("QTI 2.1, 2.2 or 3.0")))


class UploadForm(forms.Form):
    """A file, the operation its questions belong to, and what goes to those that say no point or source."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("XLSX, CSV, GIFT, Aiken: up to 10 MB; Moodle XML, QTI: up to 60 MB."),
        widget=forms.FileInput({"accept": ".xlsx,.csv,.txt,.gift,.xml,.zip"}),
    )
    operation = forms.ModelChoiceField(Operation.objects.none(), label=_("operation"))
    point = forms.ModelChoiceField(
        KnowledgePoint.objects.none(), label=_("Knowledge point where none is named"), required=False
    )
    source = forms.CharField(label=_("Source where none is named"), max_length=300, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["operation"].queryset = Operation.objects.filter(knowledge_points__isnull=False).distinct()
        self.fields["point"].queryset = KnowledgePoint.objects.select_related("operation").order_by("operation", "code")

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_MEGABYTES * 1_000_000:
            raise ValidationError(reasons.of_file("too_large", {"most": MOST_MEGABYTES}))
        return file

    def clean(self):
        data = super().clean()
        point, operation = data.get("point"), data.get("operation")
        if point and operation and point.operation_id != operation.pk:
            self.add_error("point", _("The point belongs to another operation."))
        return data


class DecisionForm(forms.Form):
    """What of an import is taken in."""

    doubtful = forms.BooleanField(label=_("Take in those marked “look at it”, too"), required=False)
    alike = forms.BooleanField(label=_("Take in near-duplicates, too"), required=False)
    point = forms.ModelChoiceField(
        KnowledgePoint.objects.none(), label=_("Knowledge point where none is named"), required=False
    )
    source = forms.CharField(label=_("Source where none is named"), max_length=300, required=False)

    def __init__(self, *args, batch: QuestionImport, **kwargs):
        super().__init__(*args, initial={"point": batch.point_id, "source": batch.source}, **kwargs)
        self.fields["point"].queryset = (
            KnowledgePoint.objects.filter(operation=batch.operation).select_related("operation").order_by("code")
        )


class ExportForm(BankFilter):
    """Which questions are taken out, and how."""

    format = forms.ChoiceField(choices=ExchangeFormat, label=_("format"))
    field_order = ("format",)

"""The form that takes a file of knowledge."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import reasons
from .enums import Topic
from .importing.formats import MAX_BYTES
from .models import validate_source_date

ACCEPT = ".docx,.pdf,.html,.htm,.md,.txt,.xlsx,.csv"


class KnowledgeUploadForm(forms.Form):
    """A file, and what goes to the drafts for which it says nothing."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("DOCX, PDF with text, HTML, Markdown, text; XLSX or CSV lists of questions. Up to 20 MB."),
        widget=forms.FileInput({"accept": ACCEPT}),
    )
    topic = forms.ChoiceField(label=_("topic"), choices=Topic)
    source = forms.CharField(label=_("Source where none is named"), max_length=200)
    source_date = forms.CharField(
        label=_("Date of the source where none is named"),
        max_length=10,
        validators=[validate_source_date],
        help_text=_("Such as 2024 or 2024-05."),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(reasons.fault("too_large"))
        return file

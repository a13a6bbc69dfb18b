"""What a candidate fills in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import OrganisationKind
from accounts.models import Organisation
from exams.enums import DocumentKind, Education, Post
from exams.models import Application
from exams.rules.retirement import FEMALE
from exams.rules.standing import Facts

SCHOOLING = (
    (Education.NONE, _("Below junior secondary school")),
    (Education.JUNIOR_SECONDARY, _("Junior secondary school")),
    (Education.SENIOR_SECONDARY, _("Senior secondary school, vocational school or higher")),
)


class DetailsForm(forms.Form):
    """Schooling, the post of a woman, who trained them; asks only what this application needs."""

    education = forms.ChoiceField(label=_("Highest education"), choices=SCHOOLING, widget=forms.RadioSelect)
    post = forms.ChoiceField(
        label=_("Post"),
        choices=Post,
        widget=forms.RadioSelect,
        help_text=_("It decides at what age you retire."),
    )
    training_organisation = forms.ModelChoiceField(
        Organisation.objects.filter(kind=OrganisationKind.TRAINING_INSTITUTION, closed_at=None).order_by("name"),
        label=_("Training organisation"),
        required=False,
        empty_label=_("None: I learned on this platform only"),
    )
    claims_waiver = forms.BooleanField(
        label=_("I hold a vocational skill-level certificate, which stands for the training"), required=False
    )

    def __init__(self, *args, application: Application, facts: Facts, **kwargs):
        initial = {name: getattr(application, name) for name in ("education", "post", "claims_waiver")}
        initial["training_organisation"] = application.training_organisation_id
        super().__init__(*args, initial=initial, **kwargs)
        self.application = application
        if facts.sex != FEMALE:
            del self.fields["post"]
        if not facts.waiver_possible:
            del self.fields["claims_waiver"]

    def clean(self):
        data = super().clean()
        data.setdefault("post", self.application.post)
        data.setdefault("claims_waiver", False)
        return data


class DocumentForm(forms.Form):
    """One file of one kind; the photo comes from the person's own page."""

    KINDS = tuple(kind for kind in DocumentKind if kind != DocumentKind.PHOTO)

    kind = forms.ChoiceField(choices=[(kind, kind.label) for kind in KINDS])
    file = forms.FileField(max_length=200, error_messages={"required": _("Choose a file first.")})

"""Schemes, catalogue, rules and practical subjects: edited through the actions, each with its history."""

from django import forms
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from exams.actions import reference
from exams.admin.successors import succeed
from exams.models import Category, Operation, OperationRule, PracticalSubject, Scheme
from exams.queries import reference as reading

LABELS = {
    "name": pgettext_lazy("thing", "name"),
    "scheme": _("scheme"),
    "category": _("category"),
    "operation": _("operation"),
    "rule": _("operation rule"),
}
DECIDED = _("Results or certificates rest on this; it stays as it is. Make a successor of the scheme instead.")


class ReferenceForm(WagtailAdminModelForm):
    """Says at the field what may no longer change, and saves through the action."""

    def _post_clean(self):
        super()._post_clean()
        if self.errors:
            return
        for name in reading.refused_fields(self.instance):
            self.add_error(name if name in self.fields else None, DECIDED)

    def save(self, commit=True):
        return reference.store(row=self.instance, by=self.for_user, now=timezone.now())


def confirm_badge(row) -> str:
    """Return what a list says of rules not yet checked against the published text."""
    return str(_("to confirm")) if reading.to_confirm(row) else ""


TO_CONFIRM = StatusTagColumn("to_confirm", label=_("to confirm"), accessor=confirm_badge, primary=False)


class ReferenceEdit(generic.EditView):
    """The form, what is still to confirm, and the history from the audit trail."""

    def get_context_data(self, **kwargs):
        row = self.object
        return {
            **super().get_context_data(**kwargs),
            "history": reading.history(row),
            "to_confirm": reading.to_confirm(row) if isinstance(row, (Scheme, OperationRule)) else [],
            "rested": reading.rests_on(row),
        }


class ReferenceViewSet(ModelViewSet):
    """What all of them share."""

    edit_view_class = ReferenceEdit
    edit_template_name = "exams/admin/reference_edit.html"
    copy_view_enabled = False
    search_backend_name = None

    def get_form_class(self, for_update=False):
        return forms.modelform_factory(self.model, form=ReferenceForm, fields=self.form_fields, labels=LABELS)

    def opens(self, field: str, label) -> TitleColumn:
        """Return the column whose text leads to the form."""
        return TitleColumn(field, label=label, url_name=f"{self.name}:edit")


class SchemeEdit(ReferenceEdit):
    @property
    def header_buttons(self):
        return [
            *super().header_buttons,
            HeaderButton(_("Make a successor"), url=f"../../{self.object.pk}/succeed/", icon_name="copy"),
        ]


class SchemeViewSet(ReferenceViewSet):
    model = Scheme
    icon = "list-ul"
    edit_view_class = SchemeEdit
    form_fields = [
        "code",
        "name",
        "effective_from",
        "effective_to",
        "validity_years",
        "review_every_years",
        "theory_attempts",
        "practical_attempts",
        "minimum_age",
        "part_valid_months",
        "anywhere",
        "skill_level_waives_training",
        "renewal_opens_days",
        "renewal_hours",
        "number_pattern",
        "to_confirm",
        "source",
        "note",
    ]

    @property
    def list_display(self):
        return [self.opens("name", LABELS["name"]), "effective_from", "effective_to", "validity_years", TO_CONFIRM]

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("<int:pk>/succeed/", succeed, name="succeed")]


class CategoryViewSet(ReferenceViewSet):
    model = Category
    icon = "folder-open-inverse"
    form_fields = ["number", "name", "certifies"]

    @property
    def list_display(self):
        return [self.opens("name", LABELS["name"]), "number", "certifies"]


class OperationIndex(generic.IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("category", "course")


class OperationViewSet(ReferenceViewSet):
    model = Operation
    icon = "tasks"
    index_view_class = OperationIndex
    form_fields = ["category", "number", "name", "course"]
    list_filter = ["category"]
    search_fields = ["name"]
    list_per_page = 60

    @property
    def list_display(self):
        category, course = Column("category", label=_("category")), Column("course", label=_("course"))
        return [self.opens("name", LABELS["name"]), category, "number", course]


class RuleIndex(generic.IndexView):
    def get_base_queryset(self):
        return reading.certifying_rules()


class OperationRuleViewSet(ReferenceViewSet):
    model = OperationRule
    icon = "list-ul"
    index_view_class = RuleIndex
    form_fields = [
        "scheme",
        "operation",
        "theory_minutes",
        "theory_pass_mark",
        "practical_minutes",
        "practical_pass_mark",
        "training_hours",
        "education",
        "examiners",
        "difference_limit",
        "confirmed",
        "source",
    ]
    list_filter = ["scheme", "operation__category", "confirmed"]
    search_fields = ["operation__name"]

    @property
    def list_display(self):
        figures = ["theory_minutes", "theory_pass_mark", "training_hours"]
        scheme = Column("scheme", label=_("scheme"))
        return [self.opens("operation", _("operation")), scheme, *figures, TO_CONFIRM]


class SubjectIndex(generic.IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("rule__operation", "rule__scheme")


class PracticalSubjectViewSet(ReferenceViewSet):
    model = PracticalSubject
    icon = "clipboard-list"
    index_view_class = SubjectIndex
    form_fields = ["rule", "code", "name", "marks"]
    list_filter = ["rule"]
    search_fields = ["name"]

    @property
    def list_display(self):
        named = Column("name", label=LABELS["name"])
        return [self.opens("code", _("code")), named, Column("rule", label=_("operation rule")), "marks"]


VIEWSETS = (
    CategoryViewSet("exam_categories", url_prefix="exam_categories"),
    OperationViewSet("exam_operations", url_prefix="exam_operations"),
    SchemeViewSet("schemes"),
    OperationRuleViewSet("operation_rules"),
    PracticalSubjectViewSet("practical_subjects"),
)

"""How long each kind of record is kept: read, and changed within what the law asks."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from core.actions.retention import set_days
from core.models import RetentionRule

LEAST = next(one for one in RetentionRule._meta.constraints if one.name == "kept_as_long_as_the_law_asks")


# Rooms name their kinds in code; here each has words. A kind without any shows its name.
NAMES = {
    "applications": _("Applications that led to no exam"),
    "audit": _("Entries of the audit trail"),
    "deliveries": _("Deliveries of notices"),
    "erased_persons": _("Persons whose data law still holds"),
    "notices": _("Notices"),
    "question_imports": _("Files of questions brought into the bank"),
    "roster_imports": _("Rosters handed in"),
    "sessions": _("Sessions that are over"),
    "unfinished_registrations": _("Registrations never finished"),
}


def name_of(rule: RetentionRule) -> str:
    """Return what the rule is about in words."""
    return str(NAMES.get(rule.kind, rule.kind))


class RetentionPolicy(ModelPermissionPolicy):
    """Rules come from the rooms: nobody adds or removes one."""

    def user_has_permission(self, user, action) -> bool:
        return action in ("view", "change") and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class RetentionForm(WagtailAdminModelForm):
    """The days and a note; the least days are not in the form, so their constraint is asked here."""

    def clean(self):
        cleaned = super().clean()
        days = cleaned.get("days")
        if days is not None and days < self.instance.least_days:
            self.add_error("days", LEAST.violation_error_message)
        return cleaned

    class Meta:
        model = RetentionRule
        fields = ["days", "note"]


class RetentionEdit(generic.EditView):
    def save_instance(self):
        values = self.form.cleaned_data
        request = self.request
        return set_days(
            rule_id=self.object.pk, days=values["days"], note=values["note"], by=request.user, now=request.now
        )


class RetentionViewSet(ModelViewSet):
    model = RetentionRule
    icon = "date"
    menu_label = _("Retention")
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    edit_view_class = RetentionEdit
    form_fields = ["days", "note"]
    list_display = [
        TitleColumn("kind", label=_("kind of record"), accessor=name_of, url_name="retention:edit"),
        "days",
        "least_days",
        "source",
        "note",
    ]
    permission_policy = RetentionPolicy(RetentionRule)

    def get_common_view_kwargs(self, **kwargs):
        absent = {"usage_url_name": None, "history_url_name": None, "delete_url_name": None, "add_url_name": None}
        return super().get_common_view_kwargs(**absent, **kwargs)

    def get_form_class(self, for_update=False):
        return RetentionForm

    def register_permissions(self):
        """Administrators have theirs by name, see accounts/permissions.py."""

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("edit/<int:pk>/", self.edit_view, name="edit"),
        ]

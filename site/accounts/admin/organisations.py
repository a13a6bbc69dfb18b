"""Organisations, their managers and the rosters handed in, in Wagtail's admin; the role says what may be done."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.actions import managers, organisations
from accounts.models import Organisation, OrganisationManager, RosterImport, User
from accounts.rules import credit_codes
from accounts.rules.rosters import reasons


class Limited(ModelPermissionPolicy):
    """The model's permissions, of which only ``actions`` exist here."""

    def __init__(self, model, actions: tuple[str, ...]):
        super().__init__(model)
        self.actions = actions

    def user_has_permission(self, user, action):
        return action in self.actions and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)


class OrganisationForm(WagtailAdminModelForm):
    """Saves through the actions, which keep the tree whole."""

    parent = forms.ModelChoiceField(
        Organisation.objects.filter(closed_at=None), required=False, label=_("Stands below")
    )
    credit_code = forms.CharField(required=False, max_length=40, label=_("Unified social credit code"))
    closed = forms.BooleanField(required=False, label=_("Closed: takes in nobody any more"))

    class Meta:
        model = Organisation
        fields = ["name", "kind", "district", "address"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["parent"].initial = self.instance.get_parent()
            self.fields["credit_code"].initial = self.instance.credit_code
            self.fields["closed"].initial = bool(self.instance.closed_at)

    def clean_credit_code(self):
        raw = self.cleaned_data["credit_code"]
        try:
            code = credit_codes.parse(raw) if raw.strip() else ""
        except credit_codes.InvalidCreditCode as error:
            raise forms.ValidationError(_("This is no unified social credit code: its check does not fit.")) from error
        if code and Organisation.objects.filter(credit_code=code).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another organisation has this code."))
        return code

    def clean_parent(self):
        parent = self.cleaned_data["parent"]
        if parent and self.instance.pk and (parent == self.instance or parent.is_descendant_of(self.instance)):
            raise forms.ValidationError(_("An organisation cannot stand below itself."))
        return parent

    def clean_closed(self):
        closed = self.cleaned_data["closed"]
        if closed and self.instance.pk and self.instance.get_descendants().filter(closed_at=None).exists():
            raise forms.ValidationError(_("Close what stands below it first."))
        if not closed and self.instance.closed_at:
            raise forms.ValidationError(_("What is closed stays closed. Make a new organisation."))
        return closed

    def save(self, commit=True):
        values = {name: self.cleaned_data[name] for name in organisations.CHANGEABLE}
        who = {"by": self.for_user, "now": timezone.now()}
        parent = self.cleaned_data["parent"]
        if not self.instance.pk:
            return organisations.create(**values, parent=parent, **who)
        saved = organisations.change(organisation=self.instance, **values, **who)
        if parent != saved.get_parent():
            saved = organisations.move(organisation=saved, parent=parent, **who)
        return organisations.close(organisation=saved, **who) if self.cleaned_data["closed"] else saved


class OrganisationViewSet(ModelViewSet):
    model = Organisation
    icon = "group"
    list_display = ["name", "kind", "district", "credit_code", "closed_at"]
    list_filter = ["kind", "district"]
    search_fields = ["name", "credit_code"]
    search_backend_name = None
    ordering = ["path"]
    permission_policy = Limited(Organisation, ("view", "add", "change"))
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ["name", "kind", "credit_code", "district", "address", "closed_at"]

    def get_form_class(self, for_update=False):
        return OrganisationForm


class ManagerForm(WagtailAdminModelForm):
    """A user is named, not chosen from a list of all."""

    username = forms.CharField(label=_("User name"), max_length=150)

    class Meta:
        model = OrganisationManager
        fields = ["organisation"]

    def clean_username(self):
        user = User.objects.filter(username=self.cleaned_data["username"].strip(), is_active=True).first()
        if user is None:
            raise forms.ValidationError(_("There is no such user."))
        self.user = user
        return user.username

    def clean(self):
        data = super().clean()
        if getattr(self, "user", None) and managers.collides(self.user):
            self.add_error("username", _("Your role forbids managing an organisation; an auditor only audits."))
        return data

    def save(self, commit=True):
        organisation = self.cleaned_data["organisation"]
        return managers.grant(organisation=organisation, user=self.user, by=self.for_user, now=timezone.now())


class RevokeView(generic.DeleteView):
    """Ends the management through the action, which takes the role along."""

    def delete_action(self):
        if not self.user_has_permission("delete"):
            raise PermissionDenied
        managers.revoke(manager=self.object, by=self.request.user, now=timezone.now())


class OrganisationManagerViewSet(ModelViewSet):
    model = OrganisationManager
    icon = "user"
    list_display = ["user", "organisation", "granted_by", "granted_at"]
    search_fields = ["user__username", "organisation__name"]
    search_backend_name = None
    permission_policy = Limited(OrganisationManager, ("view", "add", "delete"))
    copy_view_enabled = False
    delete_view_class = RevokeView
    inspect_view_enabled = True
    inspect_view_fields = ["user", "organisation", "granted_by", "granted_at"]

    def get_form_class(self, for_update=False):
        return ManagerForm


class RosterImportViewSet(ModelViewSet):
    """Read only: rosters are handed in and decided on by those who manage the organisation."""

    model = RosterImport
    icon = "table"
    list_display = [
        "filename",
        "organisation",
        "uploaded_by",
        "uploaded_at",
        Column("state", label=_("state"), accessor=lambda roster: roster.get_state_display()),
        "total",
        "done",
        Column("fault", label=_("what went wrong"), accessor=lambda roster: reasons.of_file(roster.fault)),
    ]
    list_filter = ["state"]
    search_fields = ["filename", "organisation__name"]
    search_backend_name = None
    form_fields = ["filename"]
    permission_policy = Limited(RosterImport, ("view",))
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ["filename", "organisation", "uploaded_by", "uploaded_at", "state", "total", "done"]


VIEWSETS = (
    OrganisationViewSet("organisation_tree", url_prefix="organisations"),
    OrganisationManagerViewSet("organisation_managers", url_prefix="organisation-managers"),
    RosterImportViewSet("roster_imports", url_prefix="roster-imports"),
)

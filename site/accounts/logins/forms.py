"""The forms in which an administrator makes a login and gives it roles."""

from django import forms
from django.contrib.auth.models import Group
from wagtail.users.forms import UserCreationForm, UserEditForm

from accounts.actions import roles
from accounts.enums import Role


class RolesField(forms.ModelMultipleChoiceField):
    """The roles of the house by their names; other groups are not offered."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group: Group) -> str:
        return str(Role(group.name).label)


class RolesMixin(forms.Form):
    """Shows the reason beside the roles where ``accounts.actions.roles`` would refuse; ``by`` is who fills it in."""

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        groups = self.fields["groups"]
        self.fields["groups"] = RolesField(
            Group.objects.filter(name__in=Role.values), required=False, label=groups.label, initial=groups.initial
        )
        for name in ("email", "first_name", "last_name"):
            self.fields[name].required = False
        if not by.is_superuser:
            self.fields.pop("is_superuser", None)

    def clean_groups(self):
        chosen = self.cleaned_data["groups"]
        wanted = {group.name for group in chosen}
        held = set(self.instance.groups.values_list("name", flat=True)) if self.instance.pk else set()
        if wanted != held:
            try:
                roles.check_change(user=self.instance, to=wanted, by=self.by)
            except (roles.OwnRoles, roles.NotYourTask, roles.TogetherRefused) as refused:
                raise forms.ValidationError(refused.reason) from refused
        return chosen


class LoginCreationForm(RolesMixin, UserCreationForm):
    """A new login."""


class LoginEditForm(RolesMixin, UserEditForm):
    """A login that exists."""

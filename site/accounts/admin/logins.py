"""Logins: who has which role, who may still log in."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn

from accounts.actions import corrections
from accounts.decorators import reauthenticated, role_required
from accounts.enums import Role
from accounts.models import User
from accounts.queries import people
from accounts.rules import phones
from core.admin.listing import ReadOnlyIndex, ReadOnlyInspect, ReadOnlyViewSet

from .filters import LoginFilterSet
from .policies import RolePolicy


def role_names(user: User) -> str:
    """Return the roles in words."""
    names = dict(Role.choices)
    return "、".join(str(names.get(group.name, group.name)) for group in user.groups.all())


class LoginIndex(ReadOnlyIndex):
    """Everybody who can log in, the newest first; found by the beginning of the user name or the whole phone number."""

    is_searchable = True

    def get_base_queryset(self):
        return people.logins()

    def order_queryset(self, queryset):
        return queryset

    def search_queryset(self, queryset):
        return people.logins_found_by(self.search_query, queryset) if self.is_searching else queryset


class LoginInspect(ReadOnlyInspect):
    """One login, and the switch."""

    def get_page_subtitle(self):
        return self.object.username

    def get_phone_display_value(self):
        return phones.mask(self.object.phone) if self.object.phone else "–"

    def get_groups_display_value(self):
        return role_names(self.object) or "–"

    @cached_property
    def header_more_buttons(self):
        return []


@require_POST
@role_required(Role.ADMINISTRATOR)
@reauthenticated
def switch(request, pk: int):
    """Let the login work, or no more."""
    try:
        active = request.POST.get("active") == "1"
        corrections.switch_login(user_id=pk, active=active, by=request.user, now=request.now)
    except User.DoesNotExist as error:
        raise Http404 from error
    except corrections.OwnRecord:
        messages.error(request, _("Nobody switches off their own login, and only a superuser that of a superuser."))
    else:
        messages.success(request, _("Done and recorded."))
    return redirect("logins:inspect", pk)


class LoginViewSet(ReadOnlyViewSet):
    model = User
    icon = "key"
    menu_label = _("Logins")
    index_view_class = LoginIndex
    inspect_view_class = LoginInspect
    inspect_template_name = "accounts/admin/login.html"
    inspect_view_fields = [
        "username",
        "phone",
        "phone_verified_at",
        "groups",
        "is_active",
        "is_superuser",
        "date_joined",
        "last_login",
    ]
    filterset_class = LoginFilterSet
    permission_policy = RolePolicy(User)
    list_display = [
        TitleColumn("username", label=_("user name"), url_name="logins:inspect"),
        Column("roles", label=_("roles"), accessor=role_names),
        BooleanColumn("is_active", label=_("active")),
        DateColumn("last_login", label=_("last login")),
        DateColumn("date_joined", label=_("registered at")),
    ]

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("<int:pk>/switch/", switch, name="switch")]

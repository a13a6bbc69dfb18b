"""Persons: list and page, masked."""

from django.urls import path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.widgets.button import Button, HeaderButton

from accounts.models import Person
from accounts.queries import people
from accounts.rules import phones
from core.admin.listing import ReadOnlyIndex, ReadOnlyInspect, ReadOnlyViewSet

from . import merges, person_acts
from .filters import PersonFilterSet
from .policies import RolePolicy


def masked_phone(person: Person) -> str:
    """Return the person's phone number as staff see it."""
    return phones.mask(person.user.phone) if person.user and person.user.phone else ""


class PersonIndex(ReadOnlyIndex):
    """Everybody, the newest first; found by a whole number, the beginning of a name, a user name."""

    is_searchable = True

    def get_base_queryset(self):
        return people.persons()

    def order_queryset(self, queryset):
        return queryset

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        return people.found_by(self.search_query, queryset, today=timezone.localdate(self.request.now))

    @cached_property
    def header_buttons(self):
        query = self.request.GET.urlencode()
        export = f"{self.index_url}export/" + (f"?{query}" if query else "")
        return [
            HeaderButton(_("Export"), url=export, icon_name="download"),
            HeaderButton(_("Merge two persons"), url=f"{self.index_url}merge/", icon_name="group"),
        ]


class PersonInspect(ReadOnlyInspect):
    """One person, masked, and what may be done."""

    ACTS = (
        ("unmask", _("Show in clear")),
        ("real-name", _("Decide the real-name check")),
        ("name", _("Correct the name")),
    )

    def get_object(self, queryset=None):
        person = super().get_object(queryset)
        return person if person.merged_into_id is None else person.merged_into

    def get_page_subtitle(self):
        return self.object.masked_name

    def get_name_display_value(self):
        return self.object.masked_name

    def get_id_number_display_value(self):
        return self.object.masked_id_number

    def get_born_display_value(self):
        return self.object.born.year if self.object.born else "–"

    def get_photo_display_value(self):
        return _("there is one") if self.object.photo else _("none")

    def get_user_display_value(self):
        return f"{self.object.user.username} {masked_phone(self.object)}" if self.object.user else _("no login")

    def get_memberships_display_value(self):
        standing = self.object.memberships.filter(left_at=None).select_related("organisation")
        return "、".join(membership.organisation.name for membership in standing) or "–"

    def get_field_label(self, field_name, field):
        ours = {"memberships": _("organisations"), "user": _("user name")}
        return ours.get(field_name) or super().get_field_label(field_name, field)

    @cached_property
    def header_more_buttons(self):
        if self.object.erased_at:
            return []
        return [Button(label, url=f"../../{self.object.pk}/{address}/") for address, label in self.ACTS]

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "acts": [] if self.object.erased_at else self.ACTS}


class PersonViewSet(ReadOnlyViewSet):
    model = Person
    icon = "user"
    menu_label = _("Persons")
    index_view_class = PersonIndex
    inspect_view_class = PersonInspect
    inspect_template_name = "accounts/admin/person.html"
    inspect_view_fields = [
        "name",
        "id_kind",
        "id_number",
        "born",
        "photo",
        "user",
        "memberships",
        "real_name",
        "checked_at",
        "created_at",
        "erased_at",
    ]
    filterset_class = PersonFilterSet
    permission_policy = RolePolicy(Person)
    list_display = [
        TitleColumn("masked_name", label=_("name"), url_name="persons:inspect"),
        Column("get_id_kind_display", label=_("kind of document")),
        Column("masked_id_number", label=_("identity number")),
        Column("user.username", label=_("user name")),
        Column("phone", label=_("phone number"), accessor=masked_phone),
        Column("get_real_name_display", label=_("real-name check")),
        DateColumn("created_at", label=_("registered at")),
    ]

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("export/", person_acts.export, name="export"),
            path("merge/", merges.choose, name="merge"),
            path("merge/confirm/", merges.confirm, name="merge_confirm"),
            path("<int:pk>/unmask/", person_acts.unmask, name="unmask"),
            path("<int:pk>/real-name/", person_acts.real_name, name="real_name"),
            path("<int:pk>/name/", person_acts.name, name="name"),
        ]

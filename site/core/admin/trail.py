"""The audit trail: list, search, one entry, export. For those with the permission to view it, and only to look."""

import django_filters
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from core.actions.exporting import export_entries
from core.enums import Deed
from core.models import AuditEntry
from core.queries import trail

from .listing import PermissionPolicy, ReadOnlyIndex, ReadOnlyInspect, ReadOnlyViewSet

PERMISSION = "core.view_auditentry"


def kind_name(entry: AuditEntry) -> str:
    """Return what the entry is about in words; a kind that no model has any more stays as it is."""
    return dict(trail.kinds()).get(entry.kind, entry.kind)


class TrailFilterSet(WagtailFilterSet):
    deed = django_filters.ChoiceFilter(choices=Deed.choices, label=_("deed"))
    kind = django_filters.ChoiceFilter(choices=trail.kinds, label=_("kind"))
    actor = django_filters.CharFilter(label=_("who"), lookup_expr="exact")
    at = django_filters.DateFromToRangeFilter(label=_("when"), widget=DateRangePickerWidget)

    class Meta:
        model = AuditEntry
        fields = ["deed", "kind", "actor", "at"]


class TrailIndex(ReadOnlyIndex):
    """The trail, the newest first, and when its chain was last proved."""

    is_searchable = True
    default_ordering = "-pk"

    def search_queryset(self, queryset):
        return trail.found_by(self.search_query, queryset) if self.is_searching else queryset

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "check": trail.last_check()}


class TrailInspect(ReadOnlyInspect):
    """One entry with what was before and after side by side."""

    fields = ["at", "actor", "actor_id", "address", "deed", "kind", "object_id", "label", "reason", "seal"]

    def get_kind_display_value(self):
        return kind_name(self.object)

    def get_field_label(self, field_name, field):
        return _("seal") if field_name == "seal" else super().get_field_label(field_name, field)

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "differences": trail.differences(self.object)}


@never_cache
@require_POST
def export(request):
    """Everything that the list shows with this filter and search, as a file."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    filters = TrailFilterSet(request.GET, queryset=AuditEntry.objects.order_by("-pk"), request=request)
    entries, chosen = (filters.qs, filters.form.cleaned_data) if filters.is_valid() else (AuditEntry.objects.none(), {})
    if text := request.GET.get("q", ""):
        entries, chosen = trail.found_by(text, entries), {**chosen, "search": text}
    file = export_entries(entries=entries, filters=trail.shown(chosen), by=request.user, now=request.now)
    return FileResponse(file, as_attachment=True, filename="audit.csv", content_type="text/csv")


class TrailViewSet(ReadOnlyViewSet):
    model = AuditEntry
    icon = "history"
    menu_label = _("Audit trail")
    menu_order = 850
    add_to_admin_menu = True
    index_view_class = TrailIndex
    inspect_view_class = TrailInspect
    index_template_name = "core/admin/trail.html"
    inspect_template_name = "core/admin/trail_entry.html"
    inspect_view_fields = TrailInspect.fields
    filterset_class = TrailFilterSet
    permission_policy = PermissionPolicy(AuditEntry, PERMISSION)
    list_display = [
        TitleColumn("__str__", label=_("object"), accessor="label", url_name="audit_trail:inspect"),
        DateColumn("at", label=_("when"), width="12%"),
        Column("actor", label=_("who")),
        Column("get_deed_display", label=_("deed"), width="10%"),
        Column("kind", label=_("kind"), accessor=kind_name, width="14%"),
        Column("object_id", label=_("number")),
        Column("address", label=_("from")),
    ]

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("export/", export, name="export")]

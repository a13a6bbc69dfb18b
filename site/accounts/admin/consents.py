"""What people agreed to and in which words: read only."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from accounts.models import Consent, PrivacyNotice
from core.admin.listing import ReadOnlyIndex, ReadOnlyViewSet

from .filters import ConsentFilterSet
from .policies import RolePolicy


class ConsentIndex(ReadOnlyIndex):
    """Who agreed to what, the newest first; found by the beginning of the user name."""

    is_searchable = True

    def get_base_queryset(self):
        return Consent.objects.select_related("user", "notice").order_by("-given_at", "-pk")

    def order_queryset(self, queryset):
        return queryset

    def search_queryset(self, queryset):
        return queryset.filter(user__username__startswith=self.search_query) if self.is_searching else queryset


class ConsentViewSet(ReadOnlyViewSet):
    model = Consent
    icon = "success"
    menu_label = _("Consents")
    index_view_class = ConsentIndex
    inspect_view_fields = ["user", "notice", "given_at", "address", "withdrawn_at"]
    filterset_class = ConsentFilterSet
    permission_policy = RolePolicy(Consent)
    list_display = [
        TitleColumn("user.username", label=_("user name"), url_name="consents:inspect"),
        Column("notice", label=_("privacy notice")),
        DateColumn("given_at", label=_("given at")),
        DateColumn("withdrawn_at", label=_("withdrawn at")),
    ]


class PrivacyNoticeViewSet(ReadOnlyViewSet):
    model = PrivacyNotice
    icon = "doc-full"
    menu_label = _("Privacy notices")
    inspect_view_fields = ["purpose", "version", "title", "text", "effective_from"]
    permission_policy = RolePolicy(PrivacyNotice)
    list_display = [
        TitleColumn("title", label=_("title"), url_name="privacy_notices:inspect"),
        Column("get_purpose_display", label=_("purpose")),
        Column("version", label=_("version")),
        Column("effective_from", label=_("in force from")),
    ]

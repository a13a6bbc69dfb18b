"""Lists of what was told and what became of it: texts masked, names too."""

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSetGroup

from notifications.enums import Channel, DeliveryState, Unsent
from notifications.kinds import kinds, title_of
from notifications.models import Delivery, Notice

from .looking import LookingIndexView, LookingViewSet


def choices_of_kinds():
    return [(kind.name, kind.title) for kind in kinds().values()]


def masked_person(user) -> str:
    """Return the real name as a stranger may see it, empty where there is none."""
    person = getattr(user, "person", None)
    return person.masked_name if person else ""


def fault_shown(delivery: Delivery) -> str:
    """Return why nothing was sent: our own reasons in words, a carrier's as it gave them."""
    return Unsent(delivery.fault).label if delivery.fault in Unsent.values else delivery.fault


class NoticeFilters(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=choices_of_kinds)
    created_at = django_filters.DateFromToRangeFilter(label=_("Written"), widget=DateRangePickerWidget)
    unread = django_filters.BooleanFilter(label=_("Unread"), field_name="read_at", lookup_expr="isnull")

    class Meta:
        model = Notice
        fields = []


class NoticeIndexView(LookingIndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("user__person").defer("body")


class NoticeViewSet(LookingViewSet):
    model = Notice
    icon = "mail"
    index_view_class = NoticeIndexView
    filterset_class = NoticeFilters
    search_fields = ["user__username", "user__person__name"]
    list_display = [
        TitleColumn("subject", label=_("Subject"), url_name="notice_texts:text"),
        Column("user", label=_("User"), accessor="user.username"),
        Column("person", label=_("Person"), accessor=lambda notice: masked_person(notice.user)),
        Column("kind", label=_("Kind"), accessor=lambda notice: title_of(notice.kind)),
        DateColumn("created_at", label=_("Written"), sort_key="created_at"),
        DateColumn("read_at", label=_("Read at")),
    ]


class DeliveryFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=DeliveryState.choices)
    channel = django_filters.ChoiceFilter(label=_("Channel"), choices=Channel.choices)
    kind = django_filters.ChoiceFilter(label=_("Kind"), field_name="notice__kind", choices=choices_of_kinds)
    written = django_filters.DateFromToRangeFilter(
        label=_("Written"), field_name="notice__created_at", widget=DateRangePickerWidget
    )

    class Meta:
        model = Delivery
        fields = []


class AgainColumn(Column):
    """A button for what was given up, shown to those who may press it."""

    cell_template_name = "notices/admin/again_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        may = parent_context["request"].user.has_perm("notifications.change_delivery")
        context["may_try_again"] = may and instance.state == DeliveryState.FAILED
        context["csrf_token"] = parent_context.get("csrf_token")
        return context


class DeliveryIndexView(LookingIndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("notice__user__person")


class DeliveryViewSet(LookingViewSet):
    model = Delivery
    icon = "resubmit"
    index_view_class = DeliveryIndexView
    filterset_class = DeliveryFilters
    search_fields = ["notice__user__username", "notice__user__person__name"]
    permissions = ["view", "change"]
    list_display = [
        TitleColumn("notice", label=_("Subject"), accessor="notice.subject"),
        Column("user", label=_("User"), accessor="notice.user.username"),
        Column("person", label=_("Person"), accessor=lambda delivery: masked_person(delivery.notice.user)),
        Column("channel", label=_("Channel"), accessor="get_channel_display"),
        Column("state", label=_("State"), accessor="get_state_display"),
        Column("tries", label=_("Tries")),
        DateColumn("next_at", label=_("Due at"), sort_key="next_at"),
        DateColumn("sent_at", label=_("Sent at"), sort_key="sent_at"),
        Column("fault", label=_("What went wrong"), accessor=fault_shown),
        AgainColumn("again", label=""),
    ]


class NoticeGroup(ModelViewSetGroup):
    menu_label = _("Notices")
    menu_icon = "mail"
    menu_order = 700
    items = (NoticeViewSet("notice_log"), DeliveryViewSet("deliveries"))

"""Lists that are only read, and stay quick however long they grow."""

from functools import cached_property

from django.db import models
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.fields import register_display_class
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import BasePermissionPolicy

COUNTED_AT_MOST = 10_000  # who looks for more filters


class BoundedPaginator(WagtailPaginator):
    """Counts, and turns pages, only so far: counting millions of rows takes longer than reading one page of them."""

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by().values("pk")[:COUNTED_AT_MOST].count()

    @cached_property
    def items_count_label(self) -> str:
        if self.count < COUNTED_AT_MOST:
            return super().items_count_label
        return _("%(count)s or more %(things)s") % {"count": self.count, "things": self.verbose_name_plural}


class ReadOnlyIndex(generic.IndexView):
    """A list of rows of which none is added, changed or removed here."""

    paginator_class = BoundedPaginator
    any_permission_required = ["view"]


class Moment(Component):
    """A moment on any page that inspects something: Wagtail's own would show it in UTC."""

    def __init__(self, value):
        self.value = value

    def render_html(self, parent_context=None) -> str:
        return f"{timezone.localtime(self.value):%Y-%m-%d %H:%M:%S}" if self.value else "–"


register_display_class(models.DateTimeField, display_class=Moment)


class ReadOnlyInspect(generic.InspectView):
    any_permission_required = ["view"]

    def get_field_display_value(self, field_name, field):
        """Return a dash for what is empty."""
        value = super().get_field_display_value(field_name, field)
        return "–" if value in (None, "") else value


class ViewOnlyPolicy(BasePermissionPolicy):
    """Lets in whoever may look, to look; nobody, not even a superuser, may do more."""

    def may_view(self, user) -> bool:
        raise NotImplementedError

    def user_has_permission(self, user, action) -> bool:
        return action == "view" and self.may_view(user)

    def user_has_any_permission(self, user, actions) -> bool:
        return "view" in actions and self.may_view(user)

    def user_has_permission_for_instance(self, user, action, instance) -> bool:
        return self.user_has_permission(user, action)


class PermissionPolicy(ViewOnlyPolicy):
    """Lets in whoever has one permission, written ``app_label.codename``."""

    def __init__(self, model, permission: str):
        super().__init__(model)
        self.permission = permission

    def may_view(self, user) -> bool:
        return user.is_active and user.has_perm(self.permission)


class ReadOnlyViewSet(ModelViewSet):
    """List and page of a model; other addresses do not exist."""

    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = ReadOnlyIndex
    inspect_view_class = ReadOnlyInspect
    form_fields = ()
    list_per_page = 30

    def get_form_class(self, for_update=False):
        return None

    @cached_property
    def _edit_handler(self):
        return None

    def register_permissions(self):
        """Roles have theirs by name, see each room's permissions.py."""

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path(f"inspect/<{self.pk_path_converter}:pk>/", self.inspect_view, name="inspect"),
        ]

"""Lists that nothing can be changed in."""

from django.contrib.auth.models import Permission
from django.urls import path
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import ModelPermissionPolicy


class LookOnly(ModelPermissionPolicy):
    """Nobody adds, changes or deletes here, not even a superuser: only actions write these rows."""

    def user_has_permission(self, user, action):
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return "view" in actions and super().user_has_permission(user, "view")


class LookingIndexView(generic.IndexView):
    any_permission_required = ["view"]


class LookingViewSet(ModelViewSet):
    """A list, its filters and its search; ``permissions`` are those a role can be given for it."""

    index_view_class = LookingIndexView
    add_to_reference_index = False
    copy_view_enabled = False
    form_fields = []
    search_backend_name = None
    list_per_page = 50
    permissions = ["view"]

    @property
    def permission_policy(self):
        return LookOnly(self.model)

    def get_common_view_kwargs(self, **kwargs):
        absent = ("add", "edit", "delete", "history", "usage")
        return super().get_common_view_kwargs(**{f"{name}_url_name": None for name in absent}, **kwargs)

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]

    def register_admin_url_finder(self):
        """There is no page to edit one."""

    def get_permissions_to_register(self):
        names = [f"{name}_{self.model_name}" for name in self.permissions]
        return Permission.objects.filter(content_type__app_label=self.app_label, codename__in=names)

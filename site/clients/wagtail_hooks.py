"""What this room adds to Wagtail's admin."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.enums import Role
from accounts.queries import roles_held

from .admin import urls


class AdministratorMenuItem(MenuItem):
    """Shown to administrators; the whole menu asks once who is there."""

    def is_shown(self, request):
        held = getattr(request, "roles_held", None)
        if held is None:
            held = request.roles_held = roles_held(request.user)
        return Role.ADMINISTRATOR in held


@hooks.register("register_admin_urls")
def client_urls():
    return [path("programs/", include(urls))]


@hooks.register("register_settings_menu_item")
def client_menu_item():
    label = _("Programs of other houses")
    return AdministratorMenuItem(label, reverse_lazy("clients:index"), name="clients", icon_name="key", order=900)

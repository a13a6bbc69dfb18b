"""What this room adds to Wagtail's admin."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from accounts.enums import Role
from accounts.menus import RoleMenuItem

from .admin import urls


@hooks.register("register_admin_urls")
def client_urls():
    return [path("programs/", include(urls))]


@hooks.register("register_settings_menu_item")
def client_menu_item():
    label = _("Programs of other houses")
    return RoleMenuItem(label, "clients:index", roles=(Role.ADMINISTRATOR,), icon_name="key", order=900)

"""What the chat adds to Wagtail's admin."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from accounts.menus import RoleMenuItem

from .admin import desk_urls
from .admin.offered import QuickQuestionViewSet
from .admin.triage import TriageRuleViewSet
from .queries.desk import ROLE


@hooks.register("register_admin_urls")
def chat_urls():
    return [path("desk/", include(desk_urls))]


@hooks.register("register_admin_viewset")
def offered_viewset():
    return QuickQuestionViewSet()


@hooks.register("register_admin_viewset")
def triage_viewset():
    return TriageRuleViewSet()


@hooks.register("register_admin_menu_item")
def desk_menu_item():
    return RoleMenuItem(_("Questions for a person"), "chat_desk:index", roles=(ROLE,), icon_name="group", order=249)

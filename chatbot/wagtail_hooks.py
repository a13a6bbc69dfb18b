"""What the bot adds to Wagtail's admin: the desk, and one menu of its own."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem

from accounts.menus import RoleMenuItem

from .admin import REVIEWERS, conversation_urls, desk_urls, gap_urls, hit_test_urls, report_urls, usage_urls
from .admin.curated import CuratedViewSet
from .admin.offered import QuickQuestionViewSet
from .admin.triage import TriageRuleViewSet
from .queries.desk import ROLE

MENU = "register_bot_menu_item"


@hooks.register("register_admin_urls")
def bot_urls():
    return [
        path("desk/", include(desk_urls)),
        path("hit-test/", include(hit_test_urls)),
        path("conversations/", include(conversation_urls)),
        path("gaps/", include(gap_urls)),
        path("article-use/", include(usage_urls)),
        path("weekly-reports/", include(report_urls)),
    ]


@hooks.register("register_admin_viewset")
def curated_viewset():
    return CuratedViewSet()


@hooks.register("register_admin_menu_item")
def bot_menu():
    return SubmenuMenuItem(_("Questions and answers"), Menu(register_hook_name=MENU), icon_name="comment", order=254)


def _item(label, route: str, roles, icon: str, order: int) -> None:
    item = RoleMenuItem(label, route, roles=roles, icon_name=icon, order=order)
    hooks.register(MENU, lambda: item)


_item(_("Try a question"), "bot_hit_test:index", REVIEWERS, "search", 10)
_item(_("Curated answers"), "curated_answers:index", REVIEWERS, "pick", 20)
_item(_("What was asked"), "bot_conversations:index", REVIEWERS, "comment", 30)
_item(_("Gaps"), "bot_gaps:index", REVIEWERS, "warning", 40)
_item(_("How articles do"), "bot_usage:index", REVIEWERS, "table", 50)
_item(_("Weekly reports"), "bot_reports:index", REVIEWERS, "calendar", 60)


@hooks.register("register_admin_viewset")
def offered_viewset():
    return QuickQuestionViewSet()


@hooks.register("register_admin_viewset")
def triage_viewset():
    return TriageRuleViewSet()


@hooks.register("register_admin_menu_item")
def desk_menu_item():
    return RoleMenuItem(_("Questions for a person"), "chat_desk:index", roles=(ROLE,), icon_name="group", order=249)

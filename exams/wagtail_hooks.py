"""What the exam domain adds to Wagtail's admin."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from accounts.enums import Role
from accounts.menus import RoleMenuItem

from .admin import (
    application_urls,
    bank_urls,
    blueprint_urls,
    certifying_urls,
    invigilation_urls,
    paper_urls,
    results_urls,
    scheduling_urls,
    urls,
)
from .admin.bank import BANK_STAFF
from .admin.viewsets import ExamGroup

OFFICER = (Role.EXAM_OFFICER,)


@hooks.register("register_admin_urls")
def exam_urls():
    return [
        path("practicals/", include(urls)),
        path("certifying/", include(certifying_urls)),
        path("bank/", include(bank_urls)),
        path("blueprints/", include(blueprint_urls)),
        path("papers/", include(paper_urls)),
        path("invigilation/", include(invigilation_urls)),
        path("results/", include(results_urls)),
        path("applications/", include(application_urls)),
        path("scheduling/", include(scheduling_urls)),
    ]


@hooks.register("register_admin_viewset")
def exam_viewsets():
    return ExamGroup()


def _item(label, route: str, roles: tuple[Role, ...], icon: str, order: int) -> None:
    """Put one of our pages into the menu."""
    item = RoleMenuItem(label, f"{route}:index", roles=roles, icon_name=icon, order=order)
    hooks.register("register_admin_menu_item", lambda: item)


_item(_("Applications to check"), "exam_applications", OFFICER, "form", 287)
_item(_("Plan sittings"), "exam_scheduling", OFFICER, "calendar", 288)
_item(_("Invigilation"), "exam_invigilation", (Role.INVIGILATOR, Role.EXAM_OFFICER), "view", 289)
_item(_("Practical exams"), "exam_practicals", (Role.EXAMINER, Role.EXAM_OFFICER, Role.AUDITOR), "clipboard-list", 290)
_item(_("Certificates to issue"), "exam_certifying", (Role.CERTIFIER,), "success", 291)
_item(_("Question bank"), "exam_bank", BANK_STAFF, "help", 292)
_item(_("Blueprints"), "exam_blueprints", OFFICER, "clipboard-list", 293)
_item(_("Exams on paper"), "exam_papers", OFFICER, "doc-full", 294)
_item(_("Results and statistics"), "exam_results", OFFICER, "table", 295)

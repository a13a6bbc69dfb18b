"""What the exam domain adds to Wagtail's admin."""

from django.urls import include, path, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.enums import Role
from accounts.queries import has_role

from .admin import application_urls, bank_urls, certifying_urls, scheduling_urls, urls
from .admin.viewsets import ExamGroup


@hooks.register("register_admin_urls")
def practical_urls():
    return [
        path("practicals/", include(urls)),
        path("certifying/", include(certifying_urls)),
        path("bank/", include(bank_urls)),
        path("applications/", include(application_urls)),
        path("scheduling/", include(scheduling_urls)),
    ]


@hooks.register("register_admin_viewset")
def exam_viewsets():
    return ExamGroup()


class RoleMenuItem(MenuItem):
    """Shown to those who have one of ``roles``."""

    def __init__(self, label, route: str, *, roles: tuple[Role, ...], **options):
        super().__init__(label, SimpleLazyObject(lambda: reverse(route)), name=route.partition(":")[0], **options)
        self.roles = roles

    def is_shown(self, request):
        return any(has_role(request.user, role) for role in self.roles)


@hooks.register("register_admin_menu_item")
def practical_menu():
    return RoleMenuItem(
        _("Practical exams"),
        "exam_practicals:index",
        roles=(Role.EXAMINER,),
        icon_name="clipboard-list",
        order=290,
    )


@hooks.register("register_admin_menu_item")
def certifying_menu():
    return RoleMenuItem(
        _("Certificates to issue"), "exam_certifying:index", roles=(Role.CERTIFIER,), icon_name="success", order=291
    )


@hooks.register("register_admin_menu_item")
def bank_menu():
    return RoleMenuItem(
        _("Questions to approve"),
        "exam_bank:index",
        roles=(Role.QUESTION_AUTHOR, Role.EXAM_OFFICER),
        icon_name="help",
        order=292,
    )


class OfficerMenuItem(MenuItem):
    """Shown to exam officers; their permissions are in memory already, so that it costs no query."""

    def __init__(self, label, route: str, **options):
        super().__init__(label, SimpleLazyObject(lambda: reverse(route)), name=route.partition(":")[0], **options)

    def is_shown(self, request):
        return request.user.has_perm("exams.add_sitting")


@hooks.register("register_admin_menu_item")
def application_menu():
    return OfficerMenuItem(_("Applications to check"), "exam_applications:index", icon_name="form", order=288)


@hooks.register("register_admin_menu_item")
def scheduling_menu():
    return OfficerMenuItem(_("Plan sittings"), "exam_scheduling:index", icon_name="calendar", order=289)

"""What the exam domain adds to Wagtail's admin."""

from django.urls import include, path, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.enums import Role
from accounts.queries import has_any_role

from .admin import bank_urls, certifying_urls, urls
from .admin.bank import BANK_STAFF
from .admin.viewsets import ExamGroup


@hooks.register("register_admin_urls")
def practical_urls():
    return [
        path("practicals/", include(urls)),
        path("certifying/", include(certifying_urls)),
        path("bank/", include(bank_urls)),
    ]


@hooks.register("register_admin_viewset")
def exam_viewsets():
    return ExamGroup()


class RoleMenuItem(MenuItem):
    """Shown to those who have one of ``roles``."""

    def __init__(self, label, route: str, *, roles: tuple[Role, ...], **options):
        super().__init__(
            label,
            SimpleLazyObject(lambda: reverse(route)),
            name=route.removesuffix(":index").replace(":", "_"),
            **options,
        )
        self.roles = roles

    def is_shown(self, request):
        return has_any_role(request.user, self.roles)


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
    return RoleMenuItem(_("Question bank"), "exam_bank:index", roles=BANK_STAFF, icon_name="help", order=292)

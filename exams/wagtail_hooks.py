"""What the exam domain adds to Wagtail's admin."""

from django.urls import include, path, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.enums import Role
from accounts.queries import has_role

from .admin import urls
from .admin.viewsets import ExamGroup


@hooks.register("register_admin_urls")
def practical_urls():
    return [path("practicals/", include(urls))]


@hooks.register("register_admin_viewset")
def exam_viewsets():
    return ExamGroup()


class PracticalMenuItem(MenuItem):
    """Shown to examiners only."""

    def is_shown(self, request):
        return has_role(request.user, Role.EXAMINER)


@hooks.register("register_admin_menu_item")
def practical_menu():
    address = SimpleLazyObject(lambda: reverse("exam_practicals:index"))
    return PracticalMenuItem(_("Practical exams"), address, name="practicals", icon_name="clipboard-list", order=290)

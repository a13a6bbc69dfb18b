"""Items of the administration's menu that some roles see."""

from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from wagtail.admin.menu import MenuItem

from .enums import Role
from .queries import roles_held


class RoleMenuItem(MenuItem):
    """Shown to those who have one of ``roles``; the whole menu asks once who is there."""

    def __init__(self, label, route: str, *, roles: tuple[Role, ...], **options):
        super().__init__(
            label,
            SimpleLazyObject(lambda: reverse(route)),
            name=route.removesuffix(":index").replace(":", "_"),
            **options,
        )
        self.roles = roles

    def is_shown(self, request):
        held = getattr(request, "roles_held", None)
        if held is None:
            held = request.roles_held = roles_held(request.user)
        return not held.isdisjoint(self.roles)

"""What logins add to Wagtail's admin: bulk actions that obey the rules, and a warning where one factor is enough."""

from django.conf import settings
from django.template.loader import render_to_string
from wagtail import hooks
from wagtail.admin.ui.components import Component

from .viewsets import AssignRole, SetActiveState


class OneFactorWarning(Component):
    """Stands first on the admin's home page while STAFF_SECOND_FACTOR is off."""

    name = "one_factor"
    order = 0

    def render_html(self, parent_context=None):
        return render_to_string("accounts/admin/one_factor.html")


@hooks.register("construct_homepage_panels")
def warn_of_one_factor(request, panels):
    if not settings.STAFF_SECOND_FACTOR:
        panels.insert(0, OneFactorWarning())


# Of two actions of one type the last counts; Wagtail's own are registered without an order, before these.
hooks.register("register_bulk_action", AssignRole, order=1)
hooks.register("register_bulk_action", SetActiveState, order=1)

"""What the bot adds to Wagtail's admin."""

from wagtail import hooks

from .admin.triage import TriageRuleViewSet


@hooks.register("register_admin_viewset")
def triage_viewset():
    return TriageRuleViewSet()

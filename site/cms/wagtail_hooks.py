"""Lists in Wagtail's admin: error reports."""

from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet

from .models import ErrorReport


class ErrorReportViewSet(ModelViewSet):
    model = ErrorReport
    icon = "warning"
    form_fields = ["path", "text", "done"]
    list_display = ["path", "text", "reported_at", "done"]
    add_to_admin_menu = True
    menu_order = 900
    inspect_view_enabled = True


@hooks.register("register_admin_viewset")
def register_error_reports():
    return ErrorReportViewSet("error_reports")

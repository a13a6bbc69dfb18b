"""Triage rules in the administration: a change that would leave somebody in danger without a number is refused."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet

from chatbot.actions import triage_rules
from chatbot.models import TriageRule


def _told(lost: list[str]) -> str:
    return _("These people in danger would not be told what to do first: %(questions)s") % {
        "questions": "；".join(lost)
    }


class TriageRuleForm(WagtailAdminModelForm):
    """Asks the development questions again, with the changed rule, before it is saved."""

    class Meta:
        model = TriageRule
        fields = ("name", "words", "decides", "article", "call", "active")

    def _post_clean(self):
        super()._post_clean()
        if not self.errors and (lost := triage_rules.lost_with(rule=self.instance)):
            self.add_error(None, ValidationError(_told(lost)))


class TriageRuleDeleteView(DeleteView):
    """Deletes no rule that a development question in danger needs."""

    def form_valid(self, form):
        if lost := triage_rules.lost_without(rule=self.object):
            messages.error(self.request, _told(lost))
            return redirect(self.edit_url_name, self.object.pk)
        return super().form_valid(form)


class TriageRuleViewSet(ModelViewSet):
    model = TriageRule
    name = "triage_rules"
    icon = "warning"
    menu_label = gettext_lazy("Triage rules")
    menu_order = 255
    add_to_admin_menu = True
    form_fields = TriageRuleForm.Meta.fields
    list_display = ["name", "decides", "article", "call", BooleanColumn("active", label=gettext_lazy("In use"))]
    list_filter = ["decides", "active"]
    search_fields = ["name", "words"]
    search_backend_name = None
    copy_view_enabled = False
    delete_view_class = TriageRuleDeleteView

    def get_form_class(self, for_update=False):
        return TriageRuleForm

"""The questions that the chat offers, in the administration."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet

from chatbot.models import QuickQuestion
from chatbot.rules.seasons import MONTHS


class QuickQuestionForm(WagtailAdminModelForm):
    """Months as check boxes."""

    months = forms.TypedMultipleChoiceField(
        label=_("months"),
        choices=[(month, month) for month in MONTHS],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: the whole year."),
    )

    class Meta:
        model = QuickQuestion
        fields = ["text", "months", "warning", "position", "active"]


class QuickQuestionViewSet(ModelViewSet):
    model = QuickQuestion
    name = "quick_questions"
    icon = "help"
    menu_label = _("Questions to offer")
    menu_order = 254
    add_to_admin_menu = True
    list_display = ["text", "months", "warning", "position", BooleanColumn("active", label=_("In use"))]
    list_filter = ["active"]
    search_fields = ["text"]
    search_backend_name = None
    copy_view_enabled = False

    def get_form_class(self, for_update=False):
        return QuickQuestionForm

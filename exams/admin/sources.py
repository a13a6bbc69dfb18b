"""Laws and standards: officers enter them, end them, and say what follows."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.model import ModelViewSet

from exams.actions import sources
from exams.models import LegalSource


class CreateSource(CreateView):
    def save_instance(self):
        return sources.store(self.form.save(commit=False))


class EditSource(EditView):
    def save_instance(self):
        return sources.store(self.form.save(commit=False))


class LegalSourceViewSet(ModelViewSet):
    """A change links the questions anew that name the source."""

    model = LegalSource
    icon = "doc-full-inverse"
    menu_label = _("Laws and standards")
    add_view_class = CreateSource
    edit_view_class = EditSource
    copy_view_enabled = False
    exclude_form_fields = []
    list_display = ["name", "status", "in_force_from", "ended_on", "superseded_by"]
    list_filter = ["status"]
    search_fields = ["name", "known_as", "code"]

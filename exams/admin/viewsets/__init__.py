"""Lists and forms of the exam domain in the admin menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from exams.models import Admission, ExamPoint, Room, Sitting

from ..certificate_list import CertificateViewSet
from ..sources import LegalSourceViewSet
from . import reference

# Names are masked in lists; who must know whom they examine sees them on the page of that work.
HOLDER = Column("person", label=_("person"), accessor=lambda row: row.person.masked_name)


class SittingViewSet(ModelViewSet):
    model = Sitting
    icon = "date"
    form_fields = [
        *("kind", "title", "rule", "blueprint", "room", "opens_at", "closes_at", "minutes", "late_policy", "passcode"),
        *("needs_check_in", "starts_together", "takeover", "ip_ranges", "seb_keys", "calculator", "full_screen"),
    ]
    list_display = ["title", "room", "opens_at", "closes_at", "minutes"]


class AdmissionIndex(IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("person", "sitting")


class AdmissionViewSet(ModelViewSet):
    """Read only: seats are given by the action that draws the paper."""

    model = Admission
    icon = "user"
    form_fields = ["seat"]
    list_display = ["ticket", HOLDER, "sitting", "seat"]
    index_view_class = AdmissionIndex
    inspect_view_enabled = True
    inspect_view_fields = ["ticket", "sitting", "seat", "admitted_at"]


class ExamPointViewSet(ModelViewSet):
    model = ExamPoint
    icon = "home"
    form_fields = ["name", "address"]
    list_display = ["name", "address"]


class RoomViewSet(ModelViewSet):
    model = Room
    icon = "desktop"
    form_fields = ["point", "name", "seats"]
    list_display = ["point", "name", "seats"]


class ExamGroup(ModelViewSetGroup):
    menu_label = _("Exams")
    menu_icon = "form"
    menu_order = 300
    items = (
        SittingViewSet("sittings"),
        AdmissionViewSet("admissions"),
        LegalSourceViewSet("legal_sources"),
        CertificateViewSet("certificates"),
        ExamPointViewSet("exam_points"),
        RoomViewSet("exam_rooms"),
        *reference.VIEWSETS,
    )

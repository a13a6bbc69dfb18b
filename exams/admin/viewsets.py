"""Lists and forms of the exam domain in the admin menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from exams.models import Admission, Certificate, ExamPoint, OperationRule, Room, Scheme, Sitting

from .sources import LegalSourceViewSet

# Names are masked in lists; who must know whom they examine sees them on the page of that work.
HOLDER = Column("person", label=_("person"), accessor=lambda row: row.person.masked_name)


class SittingViewSet(ModelViewSet):
    model = Sitting
    icon = "date"
    form_fields = ["title", "rule", "blueprint", "room", "opens_at", "closes_at", "minutes", "late_policy", "passcode"]
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


class SchemeViewSet(ModelViewSet):
    model = Scheme
    icon = "list-ul"
    exclude_form_fields = []
    list_display = ["name", "effective_from", "effective_to", "validity_years"]


class OperationRuleViewSet(ModelViewSet):
    model = OperationRule
    icon = "list-ul"
    exclude_form_fields = []
    list_display = ["operation", "scheme", "theory_minutes", "theory_pass_mark", "confirmed"]


class CertificateIndex(IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("person", "rule__operation", "rule__scheme")


class CertificateViewSet(ModelViewSet):
    model = Certificate
    index_view_class = CertificateIndex
    icon = "success"
    form_fields = ["revoked_at"]
    list_display = ["code", HOLDER, "rule", "issued_on", "valid_until", "revoked_at"]


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
        SchemeViewSet("schemes"),
        OperationRuleViewSet("operation_rules"),
    )

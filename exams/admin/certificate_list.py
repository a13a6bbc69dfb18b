"""The list of certificates in the administration, and the addresses of what is done with one."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import Button

from accounts.enums import Role
from accounts.queries import has_role
from core.admin.listing import PermissionPolicy, ReadOnlyIndex, ReadOnlyViewSet
from exams.models import Certificate
from exams.queries.certificate_acts import listed

from . import certificates, registers
from .certificates import CertificateFilterSet


def _ended(certificate: Certificate):
    """Return in a word what was done to it, whatever the day."""
    ends = (
        (certificate.revoked_at, _("Revoked")),
        (certificate.replaced_at, _("Replaced")),
        (certificate.suspended_at, _("Suspended")),
    )
    return next((label for moment, label in ends if moment), "–")


class CertificateIndex(ReadOnlyIndex):
    """Every certificate, names masked."""

    def get_base_queryset(self):
        return listed()

    def order_queryset(self, queryset):
        return queryset

    @property
    def header_more_buttons(self):
        """What waits for a second person, and the old registers."""
        ways = [Button(_("Certificates: second person"), url=reverse("certificates:proposals"), icon_name="group")]
        if has_role(self.request.user, Role.CERTIFIER):
            ways.append(Button(_("Old certificates"), url=reverse("certificates:imports"), icon_name="upload"))
        return [*super().header_more_buttons, *ways]


class CertificateViewSet(ReadOnlyViewSet):
    """What may be done with a certificate is done on its page, by acts that leave an event."""

    model = Certificate
    icon = "success"
    index_view_class = CertificateIndex
    filterset_class = CertificateFilterSet
    permission_policy = PermissionPolicy(Certificate, "exams.view_certificate")
    list_display = [
        TitleColumn("code", label=_("verification code"), url_name="certificates:inspect"),
        Column("person", label=_("person"), accessor=lambda row: row.person.masked_name),
        Column("rule", label=_("operation"), accessor=lambda row: row.rule.operation.name),
        Column("issued_on", label=_("issued on")),
        Column("last_day", label=_("valid until")),
        Column("ended", label=_("taken away"), accessor=_ended),
    ]

    def get_urlpatterns(self):
        index, results, _inspect = super().get_urlpatterns()
        here = "<int:pk>/"
        return [
            index,
            results,
            path(f"inspect/{here}", certificates.show, name="inspect"),
            *(path(f"{here}{act}/", certificates.propose, {"act": act}, name=act) for act in certificates.NEED_TWO),
            *(path(f"{here}{act}/", certificates.give, {"act": act}, name=act) for act in ("reinstate", "replace")),
            path(f"{here}reviews/<int:review_id>/", certificates.review, name="review"),
            path("proposals/", certificates.proposals, name="proposals"),
            path("proposals/<int:proposal_id>/decide/", certificates.decide, name="decide"),
            path("imports/", registers.index, name="imports"),
            path("imports/<uuid:import_id>/", registers.show, name="import"),
            path("imports/<uuid:import_id>/confirm/", registers.confirm, name="import_confirm"),
            path("imports/<uuid:import_id>/cancel/", registers.cancel, name="import_cancel"),
            path("imports/<uuid:import_id>/left-out.xlsx", registers.left_out, name="import_left_out"),
        ]

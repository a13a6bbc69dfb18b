"""The group "People" of the admin menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSetGroup

from .consents import ConsentViewSet, PrivacyNoticeViewSet
from .erasures import ErasureViewSet
from .logins import LoginViewSet
from .organisations import VIEWSETS as ORGANISATIONS
from .persons import PersonViewSet


class PeopleGroup(ModelViewSetGroup):
    menu_label = _("People")
    menu_icon = "group"
    menu_order = 280
    items = (
        PersonViewSet("persons"),
        LoginViewSet("logins"),
        *ORGANISATIONS,
        ErasureViewSet("erasure_requests"),
        ConsentViewSet("consents"),
        PrivacyNoticeViewSet("privacy_notices"),
    )

"""Every address of the site; Wagtail's pages take what is left."""

from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from core.views import media

from .api import api

our_login = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    # Wagtail's own log-ins know neither lockout nor second factor.
    path("admin/login/", our_login),
    path("_util/login/", our_login),
    path("admin/invigilation/", include("exams.console_urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/", include("accounts.urls")),
    path("accounts/2fa/", include("accounts.factor_urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
    path("organisations/", include("accounts.organisation_urls")),
    path("notices/", include("notifications.urls")),
    path("api/v1/", api.urls),
    path("wechat/", include("wechat.urls")),
    path("kb/", include("kb.urls")),
    path("study/", include("training.urls")),
    path("exams/", include("exams.urls")),
    path("verify/", include("exams.verify_urls")),
    path("", include("exams.credential_urls")),
    path("chat/", include("chatbot.urls")),
    path("", include("portal.urls")),
    re_path(rf"^{settings.MEDIA_URL.lstrip('/')}(?P<path>.*)$", media),
    path("", include(wagtail_urls)),
]

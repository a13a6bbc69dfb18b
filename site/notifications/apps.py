"""One place that tells a person something: inbox, e-mail, WeChat, SMS."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("Notices")

    def ready(self):
        from .actions import retention  # noqa: F401  (registers what is removed in time)

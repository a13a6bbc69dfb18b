"""The room of other houses' programs."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClientsConfig(AppConfig):
    name = "clients"
    verbose_name = _("programs of other houses")

    def ready(self):
        from .actions import retention  # noqa: F401  (registers what is removed in time)

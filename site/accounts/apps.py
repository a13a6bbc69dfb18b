from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")

    def ready(self):
        from . import signals  # noqa: F401  (connects them)
        from .actions import erasure  # noqa: F401  (registers how erasures are finished)

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")

    def ready(self):
        from . import entering, signals, telling  # noqa: F401  (connects them)
        from .actions import erasure, registration  # noqa: F401  (say how erasures end, how long the unfinished is kept)
        from .actions.rosters import ending  # noqa: F401  (registers how rosters are removed in time)

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExamsConfig(AppConfig):
    name = "exams"
    verbose_name = _("Exams")

    def ready(self):
        # What is removed in time registers itself.
        from .actions import practical_evidence  # noqa: F401
        from .actions.applications import forgetting  # noqa: F401
        from .actions.importing import ending  # noqa: F401

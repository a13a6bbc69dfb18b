"""An evaluation that somebody asked for, and what came of it; a model of this room, see ``models``."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .enums import RunState


class EvaluationRun(models.Model):
    """One measuring of an index by a set of labelled questions, perhaps beside another version."""

    question_set = models.CharField(_("questions"), max_length=40)
    version = models.CharField(_("version of the index"), max_length=60)
    against = models.CharField(_("compared with"), max_length=60, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=RunState, default=RunState.WAITING)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    requested_at = models.DateTimeField(_("asked for at"))
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    figures = models.JSONField(default=dict)  # name → value, as kb.evaluation.figures gives them
    figures_against = models.JSONField(default=dict)
    misses = models.JSONField(default=list)  # of ``version``: what was asked, expected, found and said
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "running"], finished_at__isnull=True)
                | models.Q(state__in=["done", "failed"], finished_at__isnull=False),
                name="kb_evaluation_ends_once",
            )
        ]

    def __str__(self):
        return f"{self.question_set} {self.version}"

"""When an operation's bank was last searched for near-duplicates, and whether it should be again."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DuplicateSearch(models.Model):
    """One row an operation; a search is due while ``wanted_at`` is set."""

    operation = models.OneToOneField("exams.Operation", models.CASCADE, related_name="duplicate_search")
    wanted_at = models.DateTimeField(_("wanted at"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    questions = models.PositiveIntegerField(_("questions"), default=0)
    seconds = models.FloatField(_("seconds"), default=0)
    by_meaning = models.BooleanField(_("compared by meaning, too"), default=False)

    class Meta:
        verbose_name = _("search for near-duplicates")
        verbose_name_plural = _("searches for near-duplicates")

    def __str__(self):
        return str(self.operation)

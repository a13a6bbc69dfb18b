"""Laws and standards that questions cite, and the pictures and films in their stems."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel
from exams.enums import SourceStatus


class LegalSource(AuditedModel):
    """A law, rule or standard; questions that cite one which no longer holds are stale.

    ``known_as`` holds, a line each, the spellings by which the text of a source names it.
    """

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    known_as = models.TextField(_("known as"), help_text=_("One spelling a line."))
    status = models.CharField(_("status"), max_length=20, choices=SourceStatus, default=SourceStatus.IN_FORCE)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes", verbose_name=_("superseded by")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("legal source")
        verbose_name_plural = _("legal sources")
        ordering = ["name"]

    def __str__(self):
        return self.name


class StemMedia(AuditedModel):
    """A picture or short film in the stem of a version, shown in this order; ``digest`` is its SHA-256."""

    version = models.ForeignKey("exams.QuestionVersion", models.CASCADE, related_name="media")
    position = models.PositiveSmallIntegerField()
    file = models.FileField(_("file"), upload_to="questions/")
    name = models.CharField(_("file name"), max_length=120)
    content_type = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, db_index=True)
    alt = models.CharField(_("what it shows"), max_length=200)

    class Meta:
        verbose_name = _("picture or film")
        verbose_name_plural = _("pictures and films")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="one_medium_per_position")]

    def __str__(self):
        return self.name

    @property
    def is_film(self) -> bool:
        """Say whether it is played, not looked at."""
        return self.content_type.startswith("video/")

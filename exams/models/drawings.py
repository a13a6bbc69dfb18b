"""From what papers were drawn, kept so that each can be drawn again and shown to be the one its seed gives."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BankState(models.Model):
    """A blueprint and its bank as they stood at a drawing: packed canonical JSON, under its SHA-256.

    Never changed; drawings from the same state share one row.
    """

    digest = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("state of the bank")
        verbose_name_plural = _("states of the bank")

    def __str__(self):
        return self.digest[:12]


class Drawing(models.Model):
    """One batch of papers, drawn one after the other: how often each question had been drawn before, and the seeds.

    ``method`` is the version of the way papers are composed (``exams.rules.composition.METHOD``).
    """

    blueprint = models.ForeignKey("exams.Blueprint", models.PROTECT, related_name="drawings")
    state = models.ForeignKey(BankState, models.PROTECT, related_name="drawings")
    method = models.PositiveSmallIntegerField()
    times_drawn = models.BinaryField()
    seeds = models.BinaryField()
    drawn_at = models.DateTimeField()

    class Meta:
        verbose_name = _("drawing")
        verbose_name_plural = _("drawings")

    def __str__(self):
        return f"{self.blueprint} {self.drawn_at:%Y-%m-%d %H:%M}"

"""What editors do with what was asked: curated answers, gaps, weekly reports; models of this room, see ``models``."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.actions.tracking import AuditedModel
from kb.models import Article

from .enums import GAP_EDGES, GapState
from .rules import curating


def validate_article(value: str) -> None:
    """Refuse the address of an article that the public cannot read."""
    if not Article.objects.filter(slug=value, live=True).exists():
        raise ValidationError(_("No published article has this address."))


def validate_questions(value: str) -> None:
    """Refuse what is not one question a line, each with a letter in it."""
    if not curating.are_questions(value):
        raise ValidationError(_("Write one question on each line, at most %(most)d.") % {"most": curating.MOST})


class CuratedAnswer(AuditedModel):
    """Questions that one article answers, whatever the ranking says; its text stays the approved article's."""

    name = models.CharField(_("title"), max_length=80, unique=True)
    questions = models.TextField(
        _("ways of asking"), max_length=4000, validators=[validate_questions],
        help_text=_("One on each line, as people ask them."),
    )  # fmt: skip
    article = models.SlugField(_("address of the article"), max_length=80, validators=[validate_article])
    active = models.BooleanField(_("in use"), default=True)
    starts = models.DateField(_("in use from"), null=True, blank=True)
    ends = models.DateField(_("in use until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("by")
    )
    changed_at = models.DateTimeField(auto_now=True, editable=False)

    unaudited = frozenset({"changed_at"})

    class Meta:
        verbose_name = _("curated answer")
        verbose_name_plural = _("curated answers")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(starts__lte=F("ends")),
                name="chatbot_curated_in_order",
                violation_error_message=_("It ends before it begins."),
            )
        ]

    def __str__(self):
        return self.name

    def clean(self):
        own = {curating.plain(question) for question in self.listed}
        for other in CuratedAnswer.objects.exclude(pk=self.pk).filter(active=True):
            if self.active and any(curating.plain(question) in own for question in other.listed):
                raise ValidationError({"questions": _("“%(name)s” has one of these questions.") % {"name": other}})

    @property
    def listed(self) -> list[str]:
        """The questions, each once."""
        return curating.listed(self.questions)


class Gap(models.Model):
    """Questions that mean much the same and were not answered, or not well; ``central`` is the one to call it by."""

    central = models.ForeignKey("chatbot.Turn", models.SET_NULL, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=GapState, default=GapState.OPEN)
    article = models.ForeignKey(
        Article, models.SET_NULL, null=True, related_name="+", verbose_name=_("article written for it")
    )
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True)

    class Meta:
        verbose_name = _("gap")
        verbose_name_plural = _("gaps")
        constraints = [
            models.CheckConstraint(name="chatbot_gap_state", condition=Q(state__in=[state.value for state in GapState]))
        ]

    def __str__(self):
        return self.central.question if self.central else f"{self.pk}"

    def may_become(self, state: GapState) -> bool:
        """Say whether the state may follow the one it has."""
        return state in GAP_EDGES[GapState(self.state)]


class GapMember(models.Model):
    """One turn belongs to one gap, however often the gaps are gathered."""

    gap = models.ForeignKey(Gap, models.CASCADE, related_name="members")
    turn = models.OneToOneField("chatbot.Turn", models.CASCADE, related_name="gap_member")

    class Meta:
        verbose_name = _("question of a gap")
        verbose_name_plural = _("questions of gaps")

    def __str__(self):
        return f"{self.gap_id}: {self.turn_id}"


class GapSearch(models.Model):
    """The one row that says how often gaps were stored, and which index version they were checked against."""

    SINGLETON = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=SINGLETON, editable=False)
    number = models.PositiveBigIntegerField(default=0)
    checked_version = models.CharField(max_length=60, blank=True)
    gathered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="chatbot_gap_search_is_one_row")]

    def __str__(self):
        return str(self.number)


class WeeklyReport(models.Model):
    """The figures of one week, which begins on ``monday``; no question is in them, only numbers and keys."""

    monday = models.DateField(_("week from"), unique=True)
    figures = models.JSONField(default=dict)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("weekly report")
        verbose_name_plural = _("weekly reports")
        ordering = ["-monday"]

    def __str__(self):
        return f"{self.monday:%Y-%m-%d}"

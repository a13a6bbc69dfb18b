"""Articles with their questions, and the words that search knows."""

import hashlib
import json

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, Orderable, PreviewableMixin, RevisionMixin, WorkflowMixin

from . import rules
from .editorial import ArticlePair, ImportedPiece, KnowledgeImport, OthersApproval, PairSearch
from .enums import Audience, Topic
from .indexed import IndexState, Withdrawal
from .measuring import EvaluationRun

__all__ = [
    "Article",
    "ArticlePair",
    "ArticleQuestion",
    "EvaluationRun",
    "ImportedPiece",
    "IndexState",
    "KnowledgeImport",
    "OthersApproval",
    "PairSearch",
    "RelatedArticle",
    "Withdrawal",
]


def validate_calls(value: str) -> None:
    """Refuse what is not a list of short telephone numbers."""
    if not rules.is_calls(value):
        raise ValidationError(_("Write numbers of 3 to 5 digits with commas between them, such as 119,120."))


def validate_source_date(value: str) -> None:
    """Refuse what is not a date, a month or a year."""
    if not rules.is_source_date(value):
        raise ValidationError(_("Write the date as YYYY, YYYY-MM or YYYY-MM-DD."))


def everybody() -> list[str]:
    """Return the audience of an article for all."""
    return [Audience.PUBLIC.value]


def validate_audience(value: list) -> None:
    """Refuse what is not a list of audiences."""
    if not isinstance(value, list) or not value or set(value) - set(Audience.values):
        raise ValidationError(_("Choose at least one audience."))


class AudienceField(models.JSONField):
    """A list of audiences, in forms as check boxes."""

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            label=self.verbose_name, choices=Audience.choices, widget=forms.CheckboxSelectMultiple, initial=self.default
        )


class Article(PreviewableMixin, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, ClusterableModel):
    """One question answered: what to do first, then what not to do and why, from a named source."""

    slug = models.SlugField(_("address on this site"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=120)
    topic = models.CharField(_("topic"), max_length=20, choices=Topic)
    body = models.TextField(_("body"), help_text=_("Markdown; the first section holds the numbered steps."))
    calls = models.CharField(
        _("numbers to call"), max_length=60, blank=True, validators=[validate_calls], help_text=_("Such as 119,120.")
    )
    danger = models.BooleanField(_("someone may be in danger right now"), default=False)
    audience = AudienceField(_("for whom"), default=everybody, validators=[validate_audience])
    english = models.TextField(
        _("summary in English"),
        max_length=600,
        blank=True,
        help_text=_("What to do, never to do, whom to call."),
    )
    source = models.CharField(_("source"), max_length=200)
    source_clause = models.CharField(_("article or clause"), max_length=60, blank=True)
    source_date = models.CharField(
        _("date of the source"),
        max_length=10,
        validators=[validate_source_date],
        help_text=_("Such as 2024 or 2024-05."),
    )
    source_url = models.URLField(_("address of the source"), blank=True)
    reviewed = models.DateField(_("reviewed on"))
    review_due = models.DateField(
        _("to be reviewed by"), null=True, blank=True, help_text=_("A year later where nothing is said.")
    )
    course_url = models.CharField(_("address of a related course"), max_length=200, blank=True)
    seeded_digest = models.CharField(max_length=64, blank=True, editable=False)

    CONTENT = (
        "title", "topic", "audience", "body", "english", "calls", "danger", "source", "source_clause", "source_date",
        "source_url", "course_url",
    )  # fmt: skip
    DAYS = ("reviewed", "review_due")

    class Meta:
        verbose_name = _("knowledge article")
        verbose_name_plural = _("knowledge articles")
        ordering = ["topic", "slug"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("kb:article", args=[self.slug])

    def get_preview_template(self, request, mode_name):
        return "kb/article.html"

    def get_preview_context(self, request, mode_name):
        return {**super().get_preview_context(request, mode_name), "article": self}

    @property
    @admin.display(description=_("topic"), ordering="topic")
    def topic_name(self) -> str:
        """The topic as people read it."""
        return self.get_topic_display()

    @property
    def cited(self) -> str:
        """The source with its clause, as it is cited."""
        return f"{self.source} {self.source_clause}".strip()

    @property
    def call_numbers(self) -> tuple[str, ...]:
        """The numbers to call, the most urgent first."""
        return tuple(self.calls.split(",")) if self.calls else ()

    @property
    def sections(self) -> tuple[tuple[str, str], ...]:
        """(heading, Markdown) of each section of the text."""
        return rules.sections(self.body)

    @property
    def review_day(self):
        """The day by which it is to be reviewed."""
        return rules.review_day(reviewed=self.reviewed, due=self.review_due)

    @property
    def description(self) -> str:
        """The first section as one line of plain text, of at most 120 characters: what a shared link shows."""
        return Truncator(rules.plain(self.sections[0][1]) if self.sections else "").chars(120)

    @property
    def audience_names(self) -> list[str]:
        """For whom it is, as people read it; nothing where it is for everybody."""
        return [Audience(name).label for name in self.audience if name != Audience.PUBLIC]

    @property
    def content_digest(self) -> str:
        """SHA-256 (hex) of all that an editor can change, to tell a seeded article from an edited one."""
        content = [getattr(self, name) for name in self.CONTENT]
        content += [day and day.isoformat() for day in (getattr(self, name) for name in self.DAYS)]
        content += [[question.text for question in self.questions.all()], [link.slug for link in self.related.all()]]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


class ArticleQuestion(Orderable):
    """One way in which people ask what the article answers."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(_("way of asking"), max_length=120)

    class Meta(Orderable.Meta):
        verbose_name = _("way of asking")
        verbose_name_plural = _("ways of asking")

    def __str__(self):
        return self.text


class RelatedArticle(Orderable):
    """Another article that helps whoever reads this one; by its address, so that either may come first."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="related")
    slug = models.SlugField(_("address of the other article"), max_length=80)

    class Meta(Orderable.Meta):
        verbose_name = _("related article")
        verbose_name_plural = _("related articles")
        constraints = [models.UniqueConstraint(fields=["article", "slug"], name="kb_related_once")]

    def __str__(self):
        return self.slug


def validate_term(value: str) -> None:
    """Refuse what is not one word of Chinese characters, letters and digits."""
    if not rules.is_term(value):
        raise ValidationError(_("Write one word of 2 to 20 characters, without blanks or signs."))


def validate_synonyms(value: str) -> None:
    """Refuse what is not at least two words on lines of their own."""
    if not rules.are_synonyms(value):
        raise ValidationError(_("Write at least two different words, each on its own line and with letters in it."))


class SearchTerm(models.Model):
    """A word of the trade that search never cuts apart."""

    text = models.CharField(_("word"), max_length=20, unique=True, validators=[validate_term])

    class Meta:
        verbose_name = _("search word")
        verbose_name_plural = _("search words")
        ordering = ["text"]

    def __str__(self):
        return self.text


class SynonymGroup(models.Model):
    """Words that mean the same to who asks; the first is the one that the articles use."""

    first = models.CharField(_("word that the articles use"), max_length=40, unique=True, editable=False)
    words = models.TextField(
        _("words"), max_length=1000, validators=[validate_synonyms],
        help_text=_("One on each line, English too; the first is the one that the articles use."),
    )  # fmt: skip
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("groups of synonyms")
        ordering = ["first"]

    def __str__(self):
        return self.first

    def clean(self):
        others = SynonymGroup.objects.exclude(pk=self.pk)
        if self.listed and others.filter(first=self.listed[0]).exists():
            raise ValidationError({"words": _("There is a group with this first word already.")})

    def save(self, *args, **kwargs):
        self.first = self.listed[0]
        super().save(*args, **kwargs)

    @property
    def listed(self) -> list[str]:
        """The words, the first first."""
        return rules.listed(self.words)

    @property
    @admin.display(description=_("other words"))
    def others(self) -> str:
        """The words after the first, on one line."""
        return "、".join(self.listed[1:])

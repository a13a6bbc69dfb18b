"""Courses and lessons as Wagtail pages; lessons are the course's children, in their order."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import PagePermissionTester
from wagtail.search import index

from cms.models import BasePage
from training.blocks import LESSON_BLOCKS
from training.enums import LessonKind
from training.rules import practice, study_time

from .enrolments import Enrolment, LessonProgress


class RecordKeeper(PagePermissionTester):
    """What training records rest on is unpublished, never deleted."""

    def can_delete(self, ignore_bulk=False):
        return super().can_delete(ignore_bulk) and not self._has_records()

    def _has_records(self) -> bool:
        return (
            Enrolment.objects.filter(course__path__startswith=self.page.path).exists()
            or LessonProgress.objects.filter(lesson__path__startswith=self.page.path).exists()
        )


class PersonalPage(BasePage):
    """A page that shows its reader's own progress, so no cache may keep it."""

    class Meta:
        abstract = True

    def serve(self, request, *args, **kwargs):
        response = super().serve(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    def permissions_for_user(self, user):
        return RecordKeeper(user, self)

    @staticmethod
    def reader(request):
        """Return the person who reads; a preview has none."""
        return None if getattr(request, "is_preview", False) else request.person


class CourseIndexPage(PersonalPage):
    """All courses."""

    max_count = 1
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["training.CoursePage"]
    template = "training/course_index_page.html"

    class Meta:
        verbose_name = _("course list")
        verbose_name_plural = _("course lists")

    def get_context(self, request, *args, **kwargs):
        from training.queries import catalogue  # queries read the models of this file

        cards = catalogue(self, self.reader(request))
        return {**super().get_context(request, *args, **kwargs), "cards": cards}


class CoursePage(PersonalPage):
    """A course: what it is for, how long it takes, its lessons."""

    hours = models.PositiveSmallIntegerField(_("credit hours of the outline"), validators=[MinValueValidator(1)])
    audience = models.CharField(_("audience"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    reviewed = models.DateField(_("reviewed on"), null=True, blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("hours"),
        FieldPanel("audience"),
        FieldRowPanel([FieldPanel("source"), FieldPanel("reviewed")]),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("audience")]
    parent_page_types = ["training.CourseIndexPage"]
    subpage_types = ["training.LessonPage"]
    template = "training/course_page.html"

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def get_context(self, request, *args, **kwargs):
        from training.queries import course_progress  # queries read the models of this file

        course = course_progress(self, self.reader(request))
        return {**super().get_context(request, *args, **kwargs), "course": course}


class LessonPage(PersonalPage):
    """One lesson: a text, a film with its transcript, or a practice quiz."""

    kind = models.CharField(_("kind"), max_length=10, choices=LessonKind, default=LessonKind.TEXT)
    minutes = models.PositiveSmallIntegerField(_("minutes"), validators=[MinValueValidator(1)])
    points = models.CharField(_("knowledge points"), max_length=200, blank=True)
    video = models.ForeignKey(
        "wagtaildocs.Document", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("video (MP4)")
    )
    video_seconds = models.PositiveSmallIntegerField(_("length of the video in seconds"), null=True, blank=True)
    body = StreamField(LESSON_BLOCKS, verbose_name=_("body"), blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    reviewed = models.DateField(_("reviewed on"), null=True, blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("minutes"), FieldPanel("points")]),
        FieldRowPanel([FieldPanel("video"), FieldPanel("video_seconds")]),
        FieldPanel("body"),
        FieldRowPanel([FieldPanel("source"), FieldPanel("reviewed")]),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types = ["training.CoursePage"]
    subpage_types = []
    template = "training/lesson_page.html"

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def clean(self):
        super().clean()
        if self.kind == LessonKind.VIDEO:
            if not self.video or not self.video.filename.lower().endswith(".mp4"):
                raise ValidationError({"video": _("Choose an MP4 file.")})
            if not self.video_seconds:
                raise ValidationError({"video_seconds": _("Say how long the video is.")})
        if self.kind == LessonKind.QUIZ and not self.questions:
            raise ValidationError({"body": _("A practice quiz needs at least one question.")})

    def get_context(self, request, *args, marks: practice.Marks | None = None, **kwargs):
        from training.queries import lesson_reading  # queries read the models of this file

        reading = lesson_reading(self, self.reader(request))
        quiz = marks or practice.mark(self.questions, {})
        return {
            **super().get_context(request, *args, **kwargs),
            "course": reading.course,
            "reading": reading,
            "quiz": quiz,
            "marks": marks,
            "beat_every": study_time.beat_every(settings.STUDY_TIME_SCALE),
        }

    @property
    def questions(self) -> list[practice.Question]:
        """The practice questions of the body, in order."""
        return [
            practice.Question(
                key=str(block.id),
                stem=block.value["stem"],
                options=tuple(block.value["options"]),
                answer=block.value["answer"] - 1,
                explanation=block.value["explanation"],
            )
            for block in self.body.blocks_by_name("quiz_question")
        ]

    @property
    def required_seconds(self) -> int:
        """The study time that whoever enrols now has to spend here."""
        film = self.video_seconds if self.kind == LessonKind.VIDEO else None
        return study_time.required_seconds(minutes=self.minutes, film_seconds=film)

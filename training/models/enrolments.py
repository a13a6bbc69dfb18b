"""Who learns what, and how far: training records, kept (2023 rules: special operations at least six years)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person


class Enrolment(models.Model):
    """One person in one course; its LessonProgress rows, made at enrolment, are the lessons that it requires."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="enrolments", verbose_name=_("person"))
    course = models.ForeignKey(
        "training.CoursePage", models.PROTECT, related_name="enrolments", verbose_name=_("course")
    )
    enrolled_at = models.DateTimeField(_("enrolled at"))
    completed_at = models.DateTimeField(_("completed at"), null=True, blank=True)

    wagtail_reference_index_ignore = True  # pages with records are guarded by their own permission tester

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            models.UniqueConstraint(fields=["person", "course"], name="one_enrolment_per_person_and_course"),
            models.CheckConstraint(
                condition=Q(completed_at=None) | Q(completed_at__gte=F("enrolled_at")),
                name="enrolment_completes_after_it_begins",
            ),
        ]

    def __str__(self):
        return f"{self.person} – {self.course}"


class LessonProgress(models.Model):
    """Study time in one lesson, in seconds; what it requires stays as it was on the day of enrolment."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="progress", verbose_name=_("enrolment"))
    lesson = models.ForeignKey("training.LessonPage", models.PROTECT, related_name="+", verbose_name=_("lesson"))
    required_seconds = models.PositiveIntegerField(_("required seconds"))
    credited_seconds = models.FloatField(_("credited seconds"), default=0)
    last_beat_at = models.DateTimeField(_("last heartbeat at"), null=True, blank=True)
    quiz_passed_at = models.DateTimeField(_("practice quiz passed at"), null=True, blank=True)
    completed_at = models.DateTimeField(_("completed at"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("lesson progress")
        verbose_name_plural = _("lesson progress")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "lesson"], name="one_progress_per_enrolment_and_lesson"),
            models.CheckConstraint(
                condition=Q(credited_seconds__gte=0) & Q(credited_seconds__lte=F("required_seconds")),
                name="credited_seconds_within_required",
            ),
            models.CheckConstraint(
                condition=Q(completed_at=None) | Q(credited_seconds__gte=F("required_seconds")),
                name="lesson_completed_only_with_its_time",
            ),
        ]

    def __str__(self):
        return f"{self.lesson}: {self.credited_seconds:.0f}/{self.required_seconds}"

    @property
    def credited(self) -> int:
        """Whole seconds credited, rounded down, so that what is shown is never more than what counts."""
        return int(self.credited_seconds)

    @property
    def time_done(self) -> bool:
        """Whether the study time is complete."""
        return self.credited_seconds >= self.required_seconds

"""Reading courses, lessons and progress. Every function says how many queries it makes."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum
from django.utils import timezone

from accounts.models import Person
from training.models import CourseIndexPage, CoursePage, Enrolment, LessonPage, LessonProgress
from training.rules import study_time


@dataclass(frozen=True)
class LessonRow:
    """A lesson and, if the enrolment requires it, how far the learner is."""

    lesson: LessonPage
    progress: LessonProgress | None

    @property
    def completed(self) -> bool:
        return self.progress is not None and self.progress.completed_at is not None


@dataclass(frozen=True)
class CourseProgress:
    """A course as its learner sees it; without an enrolment, as everybody does."""

    page: CoursePage
    enrolment: Enrolment | None
    rows: list[LessonRow]

    @property
    def title(self) -> str:
        return self.page.title

    @property
    def url(self) -> str:
        return self.page.url

    @property
    def minutes(self) -> int:
        """Minutes of all lessons together."""
        return sum(row.lesson.minutes for row in self.rows)

    @property
    def required(self) -> list[LessonRow]:
        """The lessons that count: those of the day of enrolment that are still published."""
        return [row for row in self.rows if row.progress] if self.enrolment else self.rows

    @property
    def lessons(self) -> int:
        """How many lessons count."""
        return len(self.required)

    @property
    def completed_lessons(self) -> int:
        return sum(row.completed for row in self.required)

    @property
    def completed_at(self) -> datetime | None:
        return self.enrolment.completed_at if self.enrolment else None

    @property
    def credit_hours(self) -> float:
        """Credit hours earned so far."""
        return study_time.credit_hours(sum(row.progress.credited_seconds for row in self.rows if row.progress))

    @property
    def next_lesson(self) -> LessonPage | None:
        """The first lesson still to be completed."""
        return next((row.lesson for row in self.required if not row.completed), None)


@dataclass(frozen=True)
class CourseCard:
    """A course in the list, with the learner's progress if there is any."""

    page: CoursePage
    lessons: int
    minutes: int
    mine: CourseProgress | None


@dataclass(frozen=True)
class LessonReading:
    """A lesson as one reader meets it; ``progress`` is None where no credit is earned."""

    course: CoursePage
    progress: LessonProgress | None
    enrolled: bool
    previous: LessonPage | None
    next: LessonPage | None

    @property
    def completed(self) -> bool:
        return self.progress is not None and self.progress.completed_at is not None


def lessons_of(course: CoursePage):
    """Return the published lessons of a course in their order."""
    return LessonPage.objects.child_of(course).live().order_by("path")


def course_progress(course: CoursePage, person: Person | None) -> CourseProgress:
    """Return the course with the person's progress (three queries, one without a person)."""
    enrolment = Enrolment.objects.filter(course=course, person=person).first() if person else None
    progress = {row.lesson_id: row for row in LessonProgress.objects.filter(enrolment=enrolment)} if enrolment else {}
    rows = [LessonRow(lesson, progress.get(lesson.pk)) for lesson in lessons_of(course)]
    return CourseProgress(course, enrolment, rows)


def my_courses(person: Person) -> list[CourseProgress]:
    """Return the person's courses, the newest enrolment first (two queries)."""
    enrolments = Enrolment.objects.filter(person=person).select_related("course").order_by("-enrolled_at", "-pk")
    progress = (
        LessonProgress.objects.filter(enrolment__person=person, lesson__live=True)
        .select_related("lesson")
        .order_by("lesson__path")
    )
    rows = defaultdict(list)
    for row in progress:
        rows[row.enrolment_id].append(LessonRow(row.lesson, row))
    return [CourseProgress(enrolment.course, enrolment, rows[enrolment.pk]) for enrolment in enrolments]


def catalogue(courses: CourseIndexPage, person: Person | None) -> list[CourseCard]:
    """Return the published courses in their order (three queries, five with a person)."""
    minutes = defaultdict(list)
    for path, length in LessonPage.objects.descendant_of(courses).live().values_list("path", "minutes"):
        minutes[path[: -LessonPage.steplen]].append(length)
    mine = {course.page.pk: course for course in my_courses(person)} if person else {}
    return [
        CourseCard(page, len(minutes[page.path]), sum(minutes[page.path]), mine.get(page.pk))
        for page in CoursePage.objects.child_of(courses).live().public().order_by("path")
    ]


def lesson_reading(lesson: LessonPage, person: Person | None) -> LessonReading:
    """Return what surrounds a lesson for its reader (three queries, four or five with a person)."""
    course = CoursePage.objects.get(path=lesson.path[: -LessonPage.steplen])
    around = lessons_of(course)
    progress = LessonProgress.objects.filter(lesson=lesson.pk, enrolment__person=person).first() if person else None
    return LessonReading(
        course=course,
        progress=progress,
        enrolled=bool(progress or (person and Enrolment.objects.filter(course=course, person=person).exists())),
        previous=around.filter(path__lt=lesson.path).last(),
        next=around.filter(path__gt=lesson.path).first(),
    )


def has_completed(person: Person, course: CoursePage) -> bool:
    """Say whether the person has completed the course (one query)."""
    return Enrolment.objects.filter(person=person, course=course, completed_at__isnull=False).exists()


def completed_on(person: Person, course: CoursePage) -> date | None:
    """Return the local day on which the person completed the course, or None (one query)."""
    moment = Enrolment.objects.filter(person=person, course=course).values_list("completed_at", flat=True).first()
    return timezone.localdate(moment) if moment else None


def hours_earned(person: Person, course: CoursePage) -> float:
    """Return the credit hours (45 minutes each) that the person has earned in the course (one query)."""
    progress = LessonProgress.objects.filter(enrolment__person=person, enrolment__course=course)
    return study_time.credit_hours(progress.aggregate(seconds=Sum("credited_seconds"))["seconds"] or 0)

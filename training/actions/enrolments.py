"""Enrol a person in a course."""

from datetime import datetime

from django.db import transaction

from accounts.models import Person
from training.models import CoursePage, Enrolment, LessonProgress
from training.queries import lessons_of


def enrol(*, course: CoursePage, by: Person, now: datetime) -> Enrolment:
    """Enrol ``by`` and fix the lessons required; calling again returns the same enrolment unchanged.

    The rows made here are the contract: a lesson added later takes nobody's completion away.
    """
    with transaction.atomic():
        enrolment, created = Enrolment.objects.get_or_create(person=by, course=course, defaults={"enrolled_at": now})
        if created:
            LessonProgress.objects.bulk_create(
                LessonProgress(enrolment=enrolment, lesson=lesson, required_seconds=lesson.required_seconds)
                for lesson in lessons_of(course)
            )
    return enrolment

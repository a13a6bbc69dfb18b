"""Enrolling, and what stays fixed from then on (fault 19)."""

from training.actions import enrolments, progress
from training.enums import LessonKind
from training.models import Enrolment, LessonProgress

from .conftest import study


def test_enrolling_fixes_the_lessons_and_their_time(make_course, add_lesson, person, at):
    course = make_course(LessonKind.TEXT, LessonKind.VIDEO, LessonKind.QUIZ)
    enrolment = enrolments.enrol(course=course, by=person, now=at("09:00"))
    assert enrolment.enrolled_at == at("09:00")
    assert list(
        enrolment.progress.order_by("lesson__path").values_list("lesson__slug", "required_seconds", "credited_seconds")
    ) == [("lesson-1", 60, 0), ("lesson-2", 24, 0), ("lesson-3", 60, 0)]


def test_enrolling_again_changes_nothing(course, add_lesson, person, at):
    first = enrolments.enrol(course=course, by=person, now=at("09:00"))
    add_lesson(course)
    again = enrolments.enrol(course=course, by=person, now=at("10:00"))
    assert (again.pk, again.enrolled_at) == (first.pk, at("09:00"))
    assert LessonProgress.objects.count() == 2


def test_unpublished_lessons_are_not_required(course, add_lesson, person, at):
    add_lesson(course, live=False)
    assert enrolments.enrol(course=course, by=person, now=at("09:00")).progress.count() == 2


def test_a_lesson_added_later_takes_completion_away_from_nobody(course, lessons, add_lesson, person, other_person, at):
    enrolments.enrol(course=course, by=person, now=at("09:00"))
    study(lessons[0], person, at("10:00"))
    add_lesson(course)
    study(lessons[1], person, at("11:00"))
    assert Enrolment.objects.get(person=person).completed_at == at(
        "11:00:40"
    )  # the first beat ends a long silence: 20 s
    assert enrolments.enrol(course=course, by=other_person, now=at("12:00")).progress.count() == 3


def test_minutes_edited_later_do_not_change_what_was_required(course, lessons, person, at):
    enrolments.enrol(course=course, by=person, now=at("09:00"))
    lessons[0].minutes = 30
    lessons[0].save()
    assert study(lessons[0], person, at("10:00")) == progress.Progress(60, 60, True)


def test_a_withdrawn_lesson_is_no_longer_waited_for(course, lessons, person, other_person, at):
    for learner in (person, other_person):
        enrolments.enrol(course=course, by=learner, now=at("09:00"))
    study(lessons[0], person, at("10:00"))
    lessons[1].unpublish()
    assert Enrolment.objects.get(person=person).completed_at is not None
    assert Enrolment.objects.get(person=other_person).completed_at is None


def test_a_course_whose_lessons_are_all_withdrawn_is_completed_by_nobody(course, lessons, person, at):
    enrolments.enrol(course=course, by=person, now=at("09:00"))
    for lesson in lessons:
        lesson.unpublish()
    assert Enrolment.objects.get().completed_at is None

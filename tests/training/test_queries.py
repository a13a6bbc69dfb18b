"""What the room tells the others, at a fixed price in queries."""

from datetime import date

import pytest
from wagtail.models import PageViewRestriction

from training import queries
from training.actions import enrolments
from training.enums import LessonKind
from training.models import LessonPage

from .conftest import study


def enrol_in(course, person, at):
    return enrolments.enrol(course=course, by=person, now=at("09:00"))


@pytest.mark.parametrize("count", [1, 3])
def test_course_progress_takes_three_queries(make_course, person, at, count, django_assert_num_queries):
    course = make_course(*[LessonKind.TEXT] * count)
    enrol_in(course, person, at)
    with django_assert_num_queries(3):
        seen = queries.course_progress(course, person)
        assert (seen.lessons, seen.completed_lessons, seen.minutes) == (count, 0, count)


@pytest.mark.parametrize("count", [1, 3])
def test_course_progress_of_a_visitor_takes_one_query(make_course, count, django_assert_num_queries):
    course = make_course(*[LessonKind.TEXT] * count)
    with django_assert_num_queries(1):
        seen = queries.course_progress(course, None)
        assert (seen.enrolment, seen.lessons, seen.next_lesson.title) == (None, count, "第1课")


@pytest.mark.parametrize("count", [1, 3])
def test_my_courses_takes_two_queries(make_course, person, at, count, django_assert_num_queries):
    for number in range(count):
        enrol_in(make_course(LessonKind.TEXT, LessonKind.TEXT, slug=f"course-{number}"), person, at)
    with django_assert_num_queries(2):
        mine = queries.my_courses(person)
        assert [(course.title, course.lessons, course.completed_lessons) for course in mine] == [
            ("低压电工", 2, 0)
        ] * count


@pytest.mark.parametrize("count", [1, 3])
def test_the_catalogue_takes_five_queries(index, make_course, person, at, count, django_assert_num_queries):
    for number in range(count):
        enrol_in(make_course(LessonKind.TEXT, LessonKind.VIDEO, slug=f"course-{number}"), person, at)
    with django_assert_num_queries(5):
        cards = queries.catalogue(index, person)
        assert [(card.lessons, card.minutes, card.mine.lessons) for card in cards] == [(2, 2, 2)] * count


def test_the_catalogue_of_a_visitor_takes_three_queries(index, course, django_assert_num_queries):
    with django_assert_num_queries(3):
        (card,) = queries.catalogue(index, None)
    assert (card.page, card.lessons, card.mine) == (course, 2, None)


@pytest.mark.parametrize("count", [1, 3])
def test_a_lesson_with_its_surroundings_takes_four_queries(make_course, person, at, count, django_assert_num_queries):
    course = make_course(*[LessonKind.TEXT] * count)
    enrol_in(course, person, at)
    lesson = LessonPage.objects.child_of(course).first()
    with django_assert_num_queries(4):
        reading = queries.lesson_reading(lesson, person)
    assert (reading.course, reading.enrolled, reading.previous) == (course, True, None)


def test_a_course_behind_a_login_is_not_in_the_catalogue(index, course):
    PageViewRestriction.objects.create(page=course, restriction_type=PageViewRestriction.LOGIN)
    assert queries.catalogue(index, None) == []


def test_a_lesson_knows_its_published_neighbours(course, lessons, add_lesson):
    add_lesson(course, live=False)
    last = add_lesson(course)
    reading = queries.lesson_reading(lessons[1], None)
    assert (reading.previous, reading.next, reading.enrolled) == (lessons[0], last, False)


def test_progress_points_to_the_next_lesson_and_counts_credit_hours(course, lessons, person, at):
    enrol_in(course, person, at)
    study(lessons[0], person, at("10:00"))
    seen = queries.course_progress(course, person)
    assert (seen.completed_lessons, seen.lessons, seen.next_lesson) == (1, 2, lessons[1])
    assert seen.credit_hours == 60 / 2700
    assert queries.my_courses(person)[0].next_lesson == lessons[1]


def test_a_lesson_added_later_is_shown_but_not_counted(course, lessons, add_lesson, person, at):
    enrol_in(course, person, at)
    add_lesson(course)
    seen = queries.course_progress(course, person)
    assert (len(seen.rows), seen.lessons) == (3, 2)


def test_completion_is_known_by_day_of_shanghai(course, lessons, person, other_person, at):
    enrol_in(course, person, at)
    assert (queries.has_completed(person, course), queries.completed_on(person, course)) == (False, None)
    study(lessons[0], person, at("16:00"))
    study(lessons[1], person, at("16:10"))
    assert queries.has_completed(person=person, course=course) is True
    assert queries.completed_on(person, course) == date(2026, 11, 24)
    assert queries.has_completed(other_person, course) is False

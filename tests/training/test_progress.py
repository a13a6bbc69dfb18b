"""Heartbeats, practice quizzes, completion (fault 17)."""

from datetime import timedelta
from random import Random

import pytest
from django.db.models import Sum

from training.actions import enrolments, progress
from training.enums import LessonKind
from training.models import Enrolment, LessonPage, LessonProgress

from .conftest import KEY, OTHER_KEY, study

ALL_RIGHT = {KEY: "0", OTHER_KEY: "1"}


@pytest.fixture
def enrolled(course, person, at):
    return enrolments.enrol(course=course, by=person, now=at("09:00"))


@pytest.fixture
def quiz_lesson(make_course, person, at):
    course = make_course(LessonKind.QUIZ, slug="quiz-course")
    enrolments.enrol(course=course, by=person, now=at("09:00"))
    return LessonPage.objects.child_of(course).get()


def beat(lesson, person, now, scale=1):
    return progress.beat(lesson=lesson, by=person, now=now, scale=scale)


def test_heartbeats_credit_the_time_between_them(enrolled, lessons, person, at):
    assert beat(lessons[0], person, at("10:00")) == progress.Progress(0, 60, False)
    assert beat(lessons[0], person, at("10:00:15")) == progress.Progress(15, 60, False)
    assert beat(lessons[0], person, at("10:00:30")) == progress.Progress(30, 60, False)


def test_a_lesson_completes_with_its_time_and_the_course_with_its_lessons(enrolled, lessons, person, at):
    assert study(lessons[0], person, at("10:00")) == progress.Progress(60, 60, True)
    assert Enrolment.objects.get().completed_at is None
    study(lessons[1], person, at("10:01"))
    assert LessonProgress.objects.get(lesson=lessons[1]).completed_at == at("10:02")
    assert Enrolment.objects.get().completed_at == at("10:02")


def test_a_flood_of_forged_heartbeats_earns_the_time_that_passed(enrolled, lessons, person, at):
    for number in range(100):
        done = beat(lessons[0], person, at("10:00") + timedelta(milliseconds=100 * number))
    assert done == progress.Progress(9, 60, False)
    assert LessonProgress.objects.get(lesson=lessons[0]).credited_seconds == pytest.approx(9.9)


def test_two_devices_in_two_lessons_earn_no_more_than_one(enrolled, lessons, person, at):
    for after in range(0, 46, 15):
        beat(lessons[0], person, at("10:00") + timedelta(seconds=after))
        beat(lessons[1], person, at("10:00") + timedelta(seconds=after + 7))
    assert LessonProgress.objects.aggregate(total=Sum("credited_seconds"))["total"] == 52


def test_two_courses_at_once_earn_no_more_than_one(enrolled, lessons, make_course, person, at):
    second = make_course(LessonKind.TEXT, slug="second")
    enrolments.enrol(course=second, by=person, now=at("09:00"))
    other = LessonPage.objects.child_of(second).get()
    for after in (0, 15, 30):
        beat(lessons[0], person, at("10:00") + timedelta(seconds=after))
        beat(other, person, at("10:00") + timedelta(seconds=after))
    assert LessonProgress.objects.aggregate(total=Sum("credited_seconds"))["total"] == 30


def test_whatever_the_heartbeats_the_total_stays_below_wall_time(enrolled, lessons, person, at):
    random = Random(17)
    moments = sorted(random.uniform(0, 90) for _ in range(40))
    for seconds in moments:
        beat(random.choice(lessons), person, at("10:00") + timedelta(seconds=seconds))
    total = LessonProgress.objects.aggregate(total=Sum("credited_seconds"))["total"]
    assert 0 < total <= moments[-1] - moments[0] + 1e-6


def test_a_clock_that_stepped_back_opens_no_time_twice(enrolled, lessons, person, at):
    beat(lessons[0], person, at("10:00"))
    beat(lessons[0], person, at("10:00:15"))
    beat(lessons[0], person, at("09:55"))
    assert beat(lessons[0], person, at("10:00:20")) == progress.Progress(20, 60, False)


def test_a_clock_behind_the_enrolment_does_not_block_completion(enrolled, lessons, person, at):
    for number, lesson in enumerate(lessons):
        study(lesson, person, at(f"08:0{number * 2}"))
    assert Enrolment.objects.get().completed_at == at("09:00")


def test_another_persons_heartbeats_do_not_touch_mine(enrolled, course, lessons, person, other_person, at):
    enrolments.enrol(course=course, by=other_person, now=at("09:00"))
    beat(lessons[0], person, at("10:00"))
    beat(lessons[0], other_person, at("10:00:10"))
    assert beat(lessons[0], person, at("10:00:15")) == progress.Progress(15, 60, False)
    assert LessonProgress.objects.get(enrolment__person=other_person, lesson=lessons[0]).credited_seconds == 0


def test_an_open_tab_of_a_completed_lesson_costs_the_next_one_nothing(enrolled, lessons, person, at):
    study(lessons[0], person, at("10:00"))
    beat(lessons[1], person, at("10:01:15"))
    assert beat(lessons[0], person, at("10:01:20")) == progress.Progress(60, 60, True)
    assert beat(lessons[1], person, at("10:01:30")) == progress.Progress(30, 60, False)


def test_a_heartbeat_after_completion_changes_nothing(enrolled, lessons, person, at):
    study(lessons[0], person, at("10:00"))
    before = LessonProgress.objects.filter(lesson=lessons[0]).values().get()
    beat(lessons[0], person, at("12:00"))
    assert LessonProgress.objects.filter(lesson=lessons[0]).values().get() == before


def test_the_scale_speeds_time_up_for_browser_tests(enrolled, lessons, person, at):
    beat(lessons[0], person, at("10:00"), scale=60)
    assert beat(lessons[0], person, at("10:00:01"), scale=60) == progress.Progress(60, 60, True)


def test_nobody_earns_without_enrolment(lessons, person, at):
    with pytest.raises(progress.NotEnrolled):
        beat(lessons[0], person, at("10:00"))


def test_a_lesson_added_after_enrolment_earns_nothing(enrolled, course, add_lesson, person, at):
    with pytest.raises(progress.NotEnrolled):
        beat(add_lesson(course), person, at("10:00"))


def test_a_quiz_lesson_needs_its_time_and_a_pass(quiz_lesson, person, at):
    assert study(quiz_lesson, person, at("10:00")) == progress.Progress(60, 60, False)
    marks = progress.pass_quiz(lesson=quiz_lesson, answers=ALL_RIGHT, by=person, now=at("10:05"))
    assert marks.passed is True
    assert LessonProgress.objects.values_list("quiz_passed_at", "completed_at").get() == (at("10:05"), at("10:05"))
    assert Enrolment.objects.get().completed_at == at("10:05")


def test_a_quiz_passed_before_its_time_completes_when_the_time_is_full(quiz_lesson, person, at):
    progress.pass_quiz(lesson=quiz_lesson, answers=ALL_RIGHT, by=person, now=at("09:30"))
    assert LessonProgress.objects.get().completed_at is None
    assert study(quiz_lesson, person, at("10:00")) == progress.Progress(60, 60, True)
    assert LessonProgress.objects.get().completed_at == at("10:01")


@pytest.mark.parametrize("answers", [{}, {KEY: "0"}, {KEY: "1", OTHER_KEY: "1"}])
def test_a_quiz_that_is_not_passed_leaves_no_trace_and_may_be_repeated(quiz_lesson, person, at, answers):
    marks = progress.pass_quiz(lesson=quiz_lesson, answers=answers, by=person, now=at("10:00"))
    assert (marks.passed, LessonProgress.objects.get().quiz_passed_at) == (False, None)
    assert progress.pass_quiz(lesson=quiz_lesson, answers=ALL_RIGHT, by=person, now=at("10:01")).passed is True
    assert LessonProgress.objects.get().quiz_passed_at == at("10:01")


def test_a_second_pass_keeps_the_first_date(quiz_lesson, person, at):
    progress.pass_quiz(lesson=quiz_lesson, answers=ALL_RIGHT, by=person, now=at("10:00"))
    progress.pass_quiz(lesson=quiz_lesson, answers=ALL_RIGHT, by=person, now=at("11:00"))
    assert LessonProgress.objects.get().quiz_passed_at == at("10:00")


def test_anyone_may_practise_without_credit(quiz_lesson, other_person, at):
    for learner in (None, other_person):
        assert progress.pass_quiz(lesson=quiz_lesson, answers=ALL_RIGHT, by=learner, now=at("10:00")).right == 2
    assert LessonProgress.objects.get().quiz_passed_at is None

"""Constraints and the rules of single pages."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError

from training.actions import enrolments
from training.enums import LessonKind
from training.models import CoursePage, Enrolment, LessonPage, LessonProgress

from .conftest import TEXT, question

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment(course, person, at):
    return enrolments.enrol(course=course, by=person, now=at("09:00"))


def test_a_person_is_enrolled_in_a_course_once(enrolment, at):
    with pytest.raises(IntegrityError):
        Enrolment.objects.create(person=enrolment.person, course=enrolment.course, enrolled_at=at("10:00"))


def test_an_enrolment_cannot_complete_before_it_began(enrolment, at):
    with pytest.raises(IntegrityError):
        Enrolment.objects.update(completed_at=at("08:00"))


def test_a_lesson_has_one_progress_per_enrolment(enrolment, lessons):
    with pytest.raises(IntegrityError):
        LessonProgress.objects.create(enrolment=enrolment, lesson=lessons[0], required_seconds=60)


@pytest.mark.parametrize("seconds", [-0.5, 60.5])
def test_credited_seconds_stay_between_zero_and_required(enrolment, seconds):
    with pytest.raises(IntegrityError):
        LessonProgress.objects.update(credited_seconds=seconds)


def test_a_lesson_cannot_be_completed_without_its_time(enrolment, at):
    with pytest.raises(IntegrityError):
        LessonProgress.objects.update(credited_seconds=59, completed_at=at("10:00"))


def test_shown_seconds_are_rounded_down():
    assert LessonProgress(credited_seconds=59.99, required_seconds=60).credited == 59


def test_what_records_rest_on_is_not_deleted(enrolment, lessons, index, django_user_model):
    chief = django_user_model.objects.create_superuser("chief")
    for page in (lessons[0], enrolment.course, index):
        assert page.permissions_for_user(chief).can_delete() is False
    with pytest.raises(ProtectedError):
        lessons[0].delete()


def test_a_course_nobody_joined_may_be_deleted(course, lessons, django_user_model):
    chief = django_user_model.objects.create_superuser("chief")
    assert course.permissions_for_user(chief).can_delete() is True
    assert lessons[0].permissions_for_user(chief).can_delete() is True


def test_a_video_lesson_needs_an_mp4_and_its_length(course):
    lesson = LessonPage(title="片", slug="film", kind=LessonKind.VIDEO, minutes=1)
    with pytest.raises(ValidationError) as error:
        course.add_child(instance=lesson)
    assert list(error.value.message_dict) == ["video"]


def test_a_quiz_lesson_needs_a_question(course):
    with pytest.raises(ValidationError) as error:
        course.add_child(instance=LessonPage(title="练", slug="quiz", kind=LessonKind.QUIZ, minutes=1, body=TEXT))
    assert list(error.value.message_dict) == ["body"]


def test_editors_count_options_from_one(course):
    lesson = LessonPage(body=json.dumps([question("k", answer=2)]))
    assert [(each.key, each.answer, each.options[each.answer]) for each in lesson.questions] == [("k", 1, "上手拉")]


def test_an_answer_without_its_option_is_refused():
    block = LessonPage(body="[]").body.stream_block.child_blocks["quiz_question"]
    with pytest.raises(ValidationError):
        block.clean(block.to_python(question("k", answer=3)["value"]))


def test_a_table_needs_the_same_number_of_cells_in_every_row():
    block = LessonPage(body="[]").body.stream_block.child_blocks["table"]
    assert block.clean("量 | 单位\n电压 | V") == "量 | 单位\n电压 | V"
    with pytest.raises(ValidationError):
        block.clean("量 | 单位\n电压")


def test_a_course_stands_below_the_list_and_holds_only_lessons(course):
    assert CoursePage.allowed_parent_page_models()[0].__name__ == "CourseIndexPage"
    assert [model.__name__ for model in CoursePage.allowed_subpage_models()] == ["LessonPage"]

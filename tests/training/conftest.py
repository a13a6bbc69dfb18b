"""A site with a course list, and a way to make courses."""

import json
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from portal.models import HomePage
from training.actions import progress
from training.enums import LessonKind
from training.models import CourseIndexPage, CoursePage, LessonPage

KEY = str(UUID(int=1))
OTHER_KEY = str(UUID(int=2))


def question(key: str, answer: int = 1) -> dict:
    """Return a practice question block; ``answer`` counts from one, as editors do."""
    value = {
        "stem": "先做什么？",
        "options": ["断电", "上手拉"],
        "answer": answer,
        "explanation": "没断电，救人的人也会触电。",
    }
    return {"type": "quiz_question", "value": value, "id": key}


QUIZ = json.dumps([question(KEY), question(OTHER_KEY, answer=2)])
TEXT = json.dumps([{"type": "text", "value": "<p>先断电，再动手。</p>", "id": str(UUID(int=3))}])


@pytest.fixture
def client() -> Client:
    """A browser set to English, whose pages show the msgids themselves."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def index(db) -> CourseIndexPage:
    home = HomePage(title="首页", slug="front")
    Page.objects.get(depth=1).add_child(instance=home)
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "testserver", "root_page": home})
    page = CourseIndexPage(title="课程", slug="courses")
    home.add_child(instance=page)
    return page


@pytest.fixture
def add_lesson(db):
    """Return a function that appends a lesson to a course."""

    def add(course: CoursePage, kind: LessonKind = LessonKind.TEXT, **fields) -> LessonPage:
        number = course.get_children().count() + 1
        fields = {"title": f"第{number}课", "slug": f"lesson-{number}", "minutes": 1, "body": TEXT} | fields
        if kind == LessonKind.QUIZ:
            fields["body"] = QUIZ
        if kind == LessonKind.VIDEO:
            fields["video"] = get_document_model().objects.create(
                title="默片", file=ContentFile(b"0123456789", name="film.mp4")
            )
            fields.setdefault("video_seconds", 40)
        lesson = LessonPage(kind=kind, **fields)
        course.add_child(instance=lesson)
        return lesson

    return add


@pytest.fixture
def make_course(index, add_lesson):
    """Return a function that makes a published course with lessons of the kinds given."""

    def make(*kinds: LessonKind, slug: str = "course", **fields) -> CoursePage:
        course = CoursePage(title="低压电工", slug=slug, hours=88, **fields)
        index.add_child(instance=course)
        for kind in kinds:
            add_lesson(course, kind)
        course.refresh_from_db()
        return course

    return make


@pytest.fixture
def course(make_course) -> CoursePage:
    return make_course(LessonKind.TEXT, LessonKind.TEXT)


@pytest.fixture
def lessons(course) -> list[LessonPage]:
    return list(LessonPage.objects.child_of(course).order_by("path"))


def study(lesson: LessonPage, person, start: datetime, seconds: int = 60) -> progress.Progress:
    """Study from ``start`` for ``seconds``: a heartbeat at once, then every 20 seconds; return where that leads."""
    for after in range(0, seconds + 1, 20):
        done = progress.beat(lesson=lesson, by=person, now=start + timedelta(seconds=after), scale=1)
    return done

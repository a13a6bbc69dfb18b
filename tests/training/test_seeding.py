"""Loading courses from files, once and again."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from wagtail.documents import get_document_model

from training import video
from training.actions import seeding
from training.models import CoursePage, LessonPage

CONTENT = Path(seeding.__file__).resolve().parents[1] / "content"
SHIPPED = CONTENT / "low-voltage-theory/media/isolate-before-work.mp4"


@pytest.fixture
def load(index, at):
    """Return a function that loads a folder, with the shipped film unless told otherwise."""

    def load(folder: Path = CONTENT, video_path: Path | None = SHIPPED, clock: str = "09:00"):
        index.refresh_from_db()
        return seeding.load_courses(folder=folder, index_page=index, by=None, now=at(clock), video_path=video_path)

    return load


@pytest.fixture
def folder(tmp_path) -> Path:
    """A copy of the shipped content that a test may edit."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def lesson(slug: str) -> LessonPage:
    return LessonPage.objects.get(slug=slug)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_shipped_course_loads_in_order(load, at):
    (course,) = load()
    assert (course.slug, course.hours, course.reviewed, course.live) == (
        "low-voltage-theory",
        88,
        date(2026, 11, 23),
        True,
    )
    assert course.first_published_at == at("09:00")
    lessons = LessonPage.objects.child_of(course).order_by("path")
    assert [(each.slug[:2], each.kind) for each in lessons] == [
        *[(f"{number:02d}", "text") for number in range(1, 9)],
        ("09", "video"),
        ("10", "quiz"),
    ]
    assert course.get_url_parts()[2] == "/courses/low-voltage-theory/"


def test_a_lesson_becomes_prose_tables_and_warnings(load):
    load()
    law = lesson("01-law")
    assert [block.block_type for block in law.body] == ["text", "table", "text", "warning", "text"]
    assert law.body[0].value.source.startswith("<h2>为什么电工要有证</h2>")
    assert law.body[1].block.cells(law.body[1].value)[0] == ["事项", "规定"]
    assert law.body[3].value.startswith("警示：不借证")
    assert (law.points, law.minutes) == ("K11", 6)


def test_every_lesson_is_valid_and_loses_no_markdown(load):
    load()
    for page in LessonPage.objects.all():
        page.full_clean()
        page.body.stream_block.clean(page.body)
        assert not any("<table" in block.value.source for block in page.body if block.block_type == "text")


def test_the_practice_questions_keep_their_right_answers(load):
    load()
    first = lesson("10-practice").questions[0]
    assert (len(lesson("10-practice").questions), len(first.options)) == (8, 4)
    assert first.options[first.answer].startswith("说明自己无权做")


def test_the_film_is_stored_with_its_length(load):
    load()
    film = lesson("09-film-power-off-first")
    assert (film.video_seconds, film.required_seconds) == (40, 24)
    assert film.video.file.read() == SHIPPED.read_bytes()


def test_loading_twice_changes_nothing(load):
    load()
    before = list(LessonPage.objects.order_by("path").values("pk", "path", "title", "video_id", "first_published_at"))
    questions = lesson("10-practice").questions
    load(clock="12:00")
    after = list(LessonPage.objects.order_by("path").values("pk", "path", "title", "video_id", "first_published_at"))
    assert after == before
    assert lesson("10-practice").questions == questions
    assert (CoursePage.objects.count(), get_document_model().objects.count()) == (1, 1)


def test_a_page_nobody_edited_follows_its_file(load, folder):
    load(folder)
    edit(folder / "low-voltage-theory/lessons/01-law.md", "minutes: 6", "minutes: 9")
    edit(folder / "low-voltage-theory/course.yaml", "hours: 88", "hours: 90")
    load(folder)
    assert (lesson("01-law").minutes, CoursePage.objects.get().hours) == (9, 90)


def test_a_page_edited_since_is_left_alone(load, folder):
    load(folder)
    law = lesson("01-law")
    law.title = "编辑改过的标题"
    law.save_revision().publish()
    draft = lesson("02-basics")
    draft.save_revision()
    edit(folder / "low-voltage-theory/lessons/01-law.md", "minutes: 6", "minutes: 9")
    edit(folder / "low-voltage-theory/lessons/02-basics.md", "minutes: 6", "minutes: 9")
    load(folder)
    assert (lesson("01-law").title, lesson("01-law").minutes) == ("编辑改过的标题", 6)
    assert lesson("02-basics").minutes == 6


def test_an_unpublished_page_stays_unpublished(load):
    load()
    lesson("01-law").unpublish()
    load()
    assert lesson("01-law").live is False


def test_a_new_lesson_takes_its_place_among_the_others(load, folder):
    load(folder)
    lessons = folder / "low-voltage-theory/lessons"
    text = (lessons / "02-basics.md").read_text(encoding="utf-8").replace("slug: 02-basics", "slug: 02b-more")
    (lessons / "02b-more.md").write_text(text, encoding="utf-8")
    edit(folder / "low-voltage-theory/course.yaml", "02-basics, ", "02-basics, 02b-more, ")
    (course,) = load(folder)
    slugs = LessonPage.objects.child_of(course).order_by("path").values_list("slug", flat=True)
    assert list(slugs)[:4] == ["01-law", "02-basics", "02b-more", "03-first-aid"]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("course.yaml", "hours: 88", "hour: 88"),
        ("course.yaml", "[01-law, ", "[00-nowhere, 01-law, "),
        ("lessons/02-basics.md", "minutes: 6", "minute: 6"),
        ("lessons/02-basics.md", "---\nslug", "slug"),
        ("lessons/10-practice.md", "    answer: 1\n", ""),
    ],
)
def test_a_broken_course_is_named_and_nothing_is_stored(load, folder, name, old, new):
    edit(folder / "low-voltage-theory" / name, old, new)
    with pytest.raises(seeding.BadCourse, match="low-voltage-theory"):
        load(folder)
    assert CoursePage.objects.count() == 0


def test_without_the_tools_the_shipped_film_is_used(load, monkeypatch):
    def missing(**_kwargs):
        raise video.CannotMakeVideo

    monkeypatch.setattr(video, "make", missing)
    load(video_path=None)
    assert lesson("09-film-power-off-first").video.file.read() == SHIPPED.read_bytes()


def test_with_the_tools_the_film_is_made_from_the_captions(load, monkeypatch):
    def make(*, captions, path):
        path.write_text("/".join(caption.drawing for caption in captions))
        return path

    monkeypatch.setattr(video, "make", make)
    load(video_path=None)
    made = lesson("09-film-power-off-first").video.file.read().decode()
    assert made == "ticket/open_switch/lock/tester/earth/sign/watch/tidy"

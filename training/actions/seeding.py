"""Load courses from ``training/content``: one folder a course, one Markdown file a lesson."""

import json
import tempfile
from datetime import datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import yaml
from django.core.files import File
from django.db import transaction
from wagtail.documents import get_document_model

from accounts.models import User
from cms.rules import prose
from training import video
from training.models import CourseIndexPage, CoursePage, LessonPage


class BadCourse(ValueError):
    """A course folder cannot be loaded; the message names the file, and nothing of the course is stored."""


def load_courses(
    *, folder: Path, index_page: CourseIndexPage, by: User | None, now: datetime, video_path: Path | None = None
) -> list[CoursePage]:
    """Create the courses below ``folder`` with their lessons, or refresh them; pages edited since are left alone.

    A seeded page has no Wagtail revision, and every edit makes one: that is how an edited page is told.
    ``video_path`` is a ready MP4 to use in place of the one made from the lesson's captions.

    :raises BadCourse: a file is missing or wrong.
    """
    return [_load_course(path.parent, index_page, by, now, video_path) for path in sorted(folder.glob("*/course.yaml"))]


def _load_course(folder: Path, index_page: CourseIndexPage, by: User | None, now: datetime, film: Path | None):
    try:
        head = yaml.safe_load((folder / "course.yaml").read_text(encoding="utf-8"))
        lessons = [_read_lesson(folder / "lessons" / f"{name}.md") for name in head["lessons"]]
        fields = {name: head[name] for name in ("title", "summary", "hours", "audience", "source", "reviewed")}
    except (OSError, KeyError, ValueError, TypeError, yaml.YAMLError) as error:
        raise BadCourse(f"{folder.name}: {error}") from error
    with tempfile.TemporaryDirectory() as scratch, transaction.atomic():
        course = _place(CoursePage, index_page, None, head["slug"], fields, by, now)
        previous = None
        for slug, fields, extra in lessons:
            there = LessonPage.objects.child_of(course).filter(slug=slug).first()
            if "captions" in extra:
                stored = there and there.video
                fields["video"] = stored or _film(fields["title"], extra, folder, film, Path(scratch), by)
            previous = _place(LessonPage, course, previous, slug, fields, by, now)
    return course


def _read_lesson(path: Path) -> tuple[str, dict, dict]:
    """Return slug, page fields and what else the head holds."""
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    head = yaml.safe_load(head)
    slug = head["slug"]
    fields = {name: head[name] for name in ("title", "kind", "minutes", "source", "reviewed")}
    fields["points"] = ", ".join(head["points"])
    fields["video_seconds"] = sum(caption["seconds"] for caption in head.get("captions", [])) or None
    fields["body"] = json.dumps(
        _with_ids(slug, [*_text_blocks(body), *map(_question_block, head.get("questions", []))])
    )
    return slug, fields, head


def _text_blocks(body: str) -> list[dict]:
    return [{"type": kind, "value": value} for kind, value in prose.blocks(body)]


def _question_block(question: dict) -> dict:
    value = {**question, "answer": question["answer"] + 1}  # editors count from one
    return {"type": "quiz_question", "value": value}


def _with_ids(slug: str, blocks: list[dict]) -> list[dict]:
    """Give blocks ids that stay from load to load, so that a quiz open in a browser still finds its questions."""
    return [{**block, "id": str(uuid5(NAMESPACE_URL, f"{slug}/{number}"))} for number, block in enumerate(blocks)]


def _place(model, parent, previous, slug: str, fields: dict, by: User | None, now: datetime):
    """Return the page ``slug`` below ``parent``: refreshed if nobody edited it, made after ``previous`` if missing."""
    page = model.objects.child_of(parent).filter(slug=slug).first()
    if page is None:
        page = model(slug=slug, owner=by, first_published_at=now, last_published_at=now, **fields)
        if previous:
            previous.add_sibling("right", instance=page)
        else:
            parent.add_child(instance=page)
    elif page.latest_revision_id is None:
        for name, value in fields.items():
            setattr(page, name, value)
        page.save()
    page.refresh_from_db()
    return page


def _film(title: str, head: dict, folder: Path, ready: Path | None, scratch: Path, by: User | None):
    """Store the lesson's MP4 in the document library: the ready one, one made now, or the one that ships."""
    path = ready
    if path is None:
        path = scratch / head["film"]
        try:
            video.make(captions=[video.Caption(**caption) for caption in head["captions"]], path=path)
        except video.CannotMakeVideo:
            path = folder / "media" / head["film"]
    with path.open("rb") as file:
        return get_document_model().objects.create(title=title, file=File(file, name=head["film"]), uploaded_by_user=by)

"""A point, an author, an officer, and a way to write questions into the bank."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from accounts.enums import Role
from exams.actions import bank
from exams.enums import QuestionKind
from exams.models import KnowledgePoint
from exams.rules.items import Draft
from exams.rules.scoring import Part

CHOICE = Draft(
    QuestionKind.SINGLE_CHOICE,
    "停电后先做什么？",
    (Part(0, "断电"), Part(1, "验电", is_right=True), Part(2, "挂牌"), Part(3, "接地")),
    explanation="先验电，确认无电。",
    source="GB 26860-2011",
)


def picture(kind: str = "PNG", size=(40, 30), **options) -> bytes:
    """Return a small picture."""
    out = BytesIO()
    Image.new("RGB", size, "red").save(out, kind, **options)
    return out.getvalue()


@pytest.fixture
def author(staff):
    return staff(Role.QUESTION_AUTHOR)


@pytest.fixture
def officer(staff):
    return staff(Role.EXAM_OFFICER)


@pytest.fixture
def point(rule):
    return KnowledgePoint.objects.create(operation=rule.operation, code="K41", name="技术措施")


@pytest.fixture
def put(author, officer, point, at, settings, tmp_path):
    """Return a function that writes a version of question ``code``, approved unless told otherwise."""
    settings.MEDIA_ROOT = tmp_path

    def written(code="q-1", *, approved=True, point=point, **changed):
        draft = replace(CHOICE, code=code, **changed)
        version = bank.write(draft=draft, point=point, by=author, now=at("09:00"))
        if approved:
            bank.approve(version_id=version.pk, by=officer, now=at("09:30"))
        version.refresh_from_db()
        return version

    return written

"""Questions leave as files: which, to whom, and what is written down."""

import pytest

from core.models import AuditEntry
from exams.actions import exporting
from exams.enums import ExchangeFormat, QuestionKind
from exams.exchange import read
from exams.models import Question
from exams.queries.bank import Wanted
from exams.queries.drafts import draft_of
from exams.rules.items import Medium
from exams.rules.scoring import Part

from .bank_fixtures import author, officer, picture, point, put  # noqa: F401  (fixtures)

pytestmark = pytest.mark.database
TRUTH = (Part(0, "正确", True), Part(1, "错误"))


@pytest.fixture
def take(officer, at):  # noqa: F811
    """Return a function that takes questions out."""

    def taken(format=ExchangeFormat.GIFT, by=officer, **wanted) -> exporting.Exported:
        now = at("12:00")
        return exporting.export(wanted=Wanted(**wanted), format=format, day=now.date(), by=by, now=now)

    return taken


@pytest.mark.parametrize("format", list(ExchangeFormat))
def test_what_leaves_comes_back_as_the_bank_has_it(put, take, format):  # noqa: F811
    version = put("q-1", title="标题", extras={"tags": ["检修"]})
    file = take(format)
    (item,) = read(file.content)
    expected = draft_of(version)
    if format == ExchangeFormat.AIKEN:
        assert (item.draft.stem, item.draft.parts) == (expected.stem, expected.parts)
    else:
        assert item.draft == expected
    assert (file.count, file.left_out) == (1, 0)


def test_the_approved_version_leaves_else_the_newest(put, take):  # noqa: F811
    put("q-1")
    put("q-1", stem="新的题干，还没有人看过？", approved=False)
    put("q-2", stem="只有这一版？", approved=False)
    assert [item.draft.stem for item in read(take().content)] == ["停电后先做什么？", "只有这一版？"]
    assert take(state="in_use").count == 1


def test_reserved_questions_leave_with_an_officer_alone(put, take, author):  # noqa: F811
    put("q-1")
    put("q-2", stem="保留的题？")
    Question.objects.filter(code="q-2").update(reserved=True)
    assert (take().count, take(by=author).count) == (2, 1)


def test_who_took_which_is_written_down(put, take, officer):  # noqa: F811
    put("q-1")
    take(ExchangeFormat.XLSX, kind=QuestionKind.SINGLE_CHOICE)
    entry = AuditEntry.objects.get(deed="exported")
    assert (entry.kind, entry.actor, entry.after) == (
        "exams.question",
        "exam_officer",
        {"questions": 1, "format": "xlsx", "kind": "single_choice"},
    )


def test_what_a_format_cannot_hold_is_counted(put, take):  # noqa: F811
    put("q-1", kind=QuestionKind.TRUE_FALSE, parts=TRUTH)
    put("q-2", media=(Medium("a.png", "image/png", picture(), "图"),))
    file = take(ExchangeFormat.AIKEN)
    assert (file.count, file.left_out) == (1, 1)


def test_others_take_nothing_and_nobody_takes_too_many(put, take, person, monkeypatch):  # noqa: F811
    put("q-1")
    with pytest.raises(exporting.NotAllowed):
        take(by=person.user)
    monkeypatch.setattr(exporting, "MOST", 0)
    with pytest.raises(exporting.TooMany):
        take()


def test_the_cost_does_not_grow_with_the_questions(put, take, django_assert_num_queries):  # noqa: F811
    put("q-1")
    with django_assert_num_queries(QUERIES):
        take()
    put("q-2", stem="二？")
    put("q-3", stem="三？")
    with django_assert_num_queries(QUERIES):
        take()


QUERIES = 9

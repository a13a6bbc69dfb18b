"""The bank in the administration: list, question, forms, review."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from exams.models import Case, KnowledgePoint, Question, QuestionVersion, StemMedia
from exams.queries.drafts import draft_of, whole
from exams.rules.scoring import Part

from .bank_fixtures import author, officer, picture, point, put  # noqa: F401  (fixtures)

BANK = "/admin/bank/"


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"  # the administration speaks it where nobody chose another
    with translation.override("en"):
        yield


@pytest.fixture
def as_author(author, client):  # noqa: F811
    client.force_login(author)
    return client


@pytest.fixture
def as_officer(officer, client):  # noqa: F811
    client.force_login(officer)
    return client


def rows(*rows_of_parts, **more) -> dict:
    """Return the data of the rows of a form."""
    data = {"parts-TOTAL_FORMS": len(rows_of_parts), "parts-INITIAL_FORMS": 0}
    data |= {"media-TOTAL_FORMS": 0, "media-INITIAL_FORMS": 0}
    for place, row in enumerate(rows_of_parts):
        data |= {f"parts-{place}-{name}": value for name, value in row.items()}
    return {**data, **more}


WORDS = {"difficulty": 4, "stem": "问？", "explanation": "因为", "source": "大纲"}
FORMS = {
    "true_false": (
        [{"text": "正确", "is_right": "on"}, {"text": "错误"}],
        [Part(0, "正确", True), Part(1, "错误")],
    ),
    "single_choice": (
        [{"text": "甲"}, {"text": ""}, {"text": "乙", "is_right": "on", "feedback": "对"}, {"text": "丙"}],
        [Part(0, "甲"), Part(1, "乙", True, feedback="对"), Part(2, "丙")],
    ),
    "multiple_choice": (
        [{"text": "甲", "is_right": "on"}, {"text": "乙", "is_right": "on"}, {"text": "丙"}],
        [Part(0, "甲", True), Part(1, "乙", True), Part(2, "丙")],
    ),
    "fill_in": (
        [{"blank": 1, "text": "10", "tolerance": "0.5"}, {"blank": 1, "text": "十"}],
        [Part(0, "10", blank=0, tolerance=0.5), Part(1, "十", blank=0)],
    ),
    "ordering": (
        [{"place": 2, "text": "验电"}, {"place": 1, "text": "停电"}, {"place": 3, "text": "接地"}],
        [Part(0, "停电"), Part(1, "验电"), Part(2, "接地")],
    ),
    "matching": (
        [{"text": "红", "match": "禁止"}, {"text": "黄", "match": "警告"}, {"match": "提示"}],
        [Part(0, "红", match="禁止"), Part(1, "黄", match="警告"), Part(2, match="提示")],
    ),
}


@pytest.mark.parametrize("kind", FORMS)
def test_an_author_writes_a_question_of_every_kind(as_author, point, kind):  # noqa: F811
    typed, parts = FORMS[kind]
    assert as_author.get(f"{BANK}new/{kind}/").status_code == 200
    reply = as_author.post(f"{BANK}new/{kind}/", rows(*typed, point=point.pk, **WORDS))
    version = whole(QuestionVersion.objects.all()).get()
    assert reply["Location"] == f"{BANK}questions/{version.question_id}/"
    assert (version.question.kind, version.question.difficulty, version.approved_at) == (kind, 4, None)
    assert list(draft_of(version).parts) == parts
    page = as_author.get(reply["Location"]).text
    assert "waiting for approval" in page
    assert "问？" in page


def test_more_rows_keep_what_was_typed_and_store_nothing(as_author, point):  # noqa: F811
    reply = as_author.post(f"{BANK}new/single_choice/", rows({"text": "甲一"}, point=point.pk, more="1", **WORDS))
    assert "甲一" in reply.text
    assert 'name="parts-4-text"' in reply.text
    assert not Question.objects.exists()


def test_a_form_with_a_mistake_says_what_and_keeps_what_was_typed(as_author, point):  # noqa: F811
    reply = as_author.post(f"{BANK}new/single_choice/", rows({"text": "甲一"}, point=point.pk, **WORDS))
    assert "There are too few options." in reply.text
    assert "甲一" in reply.text
    assert not Question.objects.exists()


def test_the_next_version_starts_from_the_newest_and_keeps_picture_and_case(as_author, put):  # noqa: F811
    put(case="c1", case_stem="车间停电。", title="原题")
    question = Question.objects.get()
    there = as_author.get(f"{BANK}questions/{question.pk}/write/").text
    assert "车间停电。" in there
    data = rows(
        {"text": "甲", "is_right": "on"}, {"text": "乙"}, {"text": "丙"}, seen=1, case_stem="车间停电。", **WORDS
    )
    data |= {"media-TOTAL_FORMS": 1, "media-0-alt": "一盏灯"}
    data["media-0-file"] = SimpleUploadedFile("灯.png", picture(), "image/png")
    as_author.post(f"{BANK}questions/{question.pk}/write/", data)
    second = whole(QuestionVersion.objects.filter(number=2)).get()
    assert (second.stem, second.case_version.stem, second.title) == ("问？", "车间停电。", "")
    data["seen"] = 2
    data |= {"media-INITIAL_FORMS": 1, "media-0-place": 0, "stem": "第三版？", "media-0-alt": "一盏红灯"}
    del data["media-0-file"]
    as_author.post(f"{BANK}questions/{question.pk}/write/", data)
    third = whole(QuestionVersion.objects.filter(number=3)).get()
    assert [(one.alt, one.content_type) for one in third.media.all()] == [("一盏红灯", "image/png")]
    assert third.media.get().digest == second.media.get().digest
    assert Case.objects.get().versions.count() == 1


def test_an_author_is_told_of_a_version_written_meanwhile(as_author, put):  # noqa: F811
    put()
    put(stem="新的？")
    question = Question.objects.get()
    data = rows({"text": "甲", "is_right": "on"}, {"text": "乙"}, {"text": "丙"}, seen=1, **WORDS)
    reply = as_author.post(f"{BANK}questions/{question.pk}/write/", data)
    assert "Somebody wrote another version meanwhile." in reply.text
    assert question.versions.count() == 2


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"GIF89a....", "Pictures are JPEG, PNG or WebP, films MP4."),
        (b"\x89PNG\r\n\x1a\nbroken", "The picture is broken."),
        (picture(size=(3000, 2001)), "The picture has too many pixels."),
        (b"\xff\xd8\xff" + bytes(2 * 1024 * 1024), "A picture has at most 2 MB."),
    ],
)
def test_files_that_are_no_pictures_are_refused(as_author, point, content, problem):  # noqa: F811
    data = rows(*FORMS["single_choice"][0], point=point.pk, **WORDS) | {"media-TOTAL_FORMS": 1, "media-0-alt": "x"}
    data["media-0-file"] = SimpleUploadedFile("x.png", content, "image/png")
    assert problem in as_author.post(f"{BANK}new/single_choice/", data).text
    assert not StemMedia.objects.exists()


def test_officer_and_author_meet(as_officer, author, put):  # noqa: F811
    version = put(approved=False)
    page = as_officer.get(f"{BANK}waiting/").text
    assert "先验电，确认无电。" in page
    as_officer.post(f"{BANK}versions/{version.pk}/return/", {"reason": "写明电压等级"})
    as_officer.force_login(author)
    assert "写明电压等级" in as_officer.get(f"{BANK}waiting/").text
    reply = as_officer.post(f"{BANK}versions/{version.pk}/approve/")
    assert reply["Location"] == "/admin/"
    version.refresh_from_db()
    assert version.approved_at is None


def test_the_question_page_shows_what_changed(as_officer, put):  # noqa: F811
    put()
    version = put(stem="停电以后先做什么？", approved=False)
    page = as_officer.get(f"{BANK}questions/{version.question_id}/").text
    assert "停电<ins>以</ins>后先做什么？" in page
    assert "<ins>" not in as_officer.get(f"{BANK}questions/{version.question_id}/?version=1").text
    assert as_officer.get(f"{BANK}questions/999999/").status_code == 404


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["q-1", "q-2", "q-3", "q-4"]),
        ("q=第二", ["q-2"]),
        ("q=q-3", ["q-3"]),
        ("kind=true_false", ["q-3"]),
        ("difficulty=5", ["q-2"]),
        ("state=waiting", ["q-4"]),
        ("state=in_use", ["q-1", "q-2", "q-3"]),
        ("reserved=yes", []),
        ("stale=yes", []),
        ("point=999", ["q-1", "q-2", "q-3", "q-4"]),
    ],
)
def test_the_list_is_narrowed(as_officer, put, query, codes):  # noqa: F811
    put()
    put("q-2", stem="第二问？", difficulty=5)
    put("q-3", kind="true_false", parts=(Part(0, "正确", True), Part(1, "错误")))
    put("q-4", stem="第四问？", approved=False)
    page = as_officer.get(f"{BANK}?{query}")
    assert [question.code for question in page.context["page_obj"]] == codes


def test_a_point_shows_the_questions_of_its_parts(as_officer, put, point):  # noqa: F811
    part = KnowledgePoint.objects.create(operation=point.operation, code="K411", name="验电", parent=point)
    put("q-1", point=part)
    other = KnowledgePoint.objects.create(operation=point.operation, code="K5", name="x")
    put("q-2", point=other)
    found = as_officer.get(f"{BANK}?point={point.pk}").context["page_obj"]
    assert [question.code for question in found] == ["q-1"]


def test_the_chosen_are_edited_and_the_filter_kept(as_officer, put):  # noqa: F811
    ids = [put(code).question_id for code in ("q-1", "q-2")]
    data = {"question": ids[:1], "difficulty": 5, "next": f"{BANK}?kind=single_choice"}
    assert as_officer.post(f"{BANK}edit/", data)["Location"] == f"{BANK}?kind=single_choice"
    assert list(Question.objects.values_list("difficulty", flat=True)) == [5, 3]
    elsewhere = {"question": ids, "difficulty": 5, "next": "https://example.org/"}
    assert as_officer.post(f"{BANK}edit/", elsewhere)["Location"] == BANK


@pytest.mark.parametrize(("page", "cost"), [(BANK, 19), (f"{BANK}waiting/", 18), (f"{BANK}points/", 13)])
def test_lists_cost_the_same_for_one_and_three(as_officer, put, page, cost, django_assert_num_queries):  # noqa: F811
    put(approved="waiting" not in page)
    as_officer.get(page)
    with django_assert_num_queries(cost):
        as_officer.get(page)
    for code in ("q-2", "q-3"):
        put(code, approved="waiting" not in page)
    with django_assert_num_queries(cost):
        as_officer.get(page)

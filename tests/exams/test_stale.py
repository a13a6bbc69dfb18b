"""Questions that cite what no longer holds: found, listed, taken away, and still drawn."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.utils import translation
from openpyxl import load_workbook

from core.models import AuditEntry
from core.rules.citing import folded, named_in
from exams.actions import bank, sources
from exams.enums import SourceStatus
from exams.models import LegalSource, Question
from exams.queries.sources import ended, stale_questions, stale_versions

from .bank_fixtures import author, officer, point, put  # noqa: F401  (fixtures)

DAY = date(2026, 11, 24)
REPORT = "/admin/bank/stale/"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def orders(db):
    """Order 30, followed by Order 19; a standard that ends next year; a repealed one without a day."""
    new = LegalSource(code="order-19", name="Order 19", known_as="应急管理部令第19号")
    rows = [
        new,
        LegalSource(
            code="order-30",
            name="Order 30",
            known_as="安监总局令第30号\n国家安全生产监督管理总局令第30号",
            status=SourceStatus.SUPERSEDED,
            ended_on=date(2026, 6, 1),
        ),
        LegalSource(
            code="gb-t-13869-2017", name="GB/T 13869-2017", known_as="GB/T 13869-2017", ended_on=date(2027, 2, 1)
        ),
        LegalSource(code="old", name="old", known_as="旧规程", status=SourceStatus.REPEALED),
    ]
    sources.add(rows)
    sources.supersede({"order-30": "order-19"})


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (date(2026, 5, 31), ["old"]),
        (date(2026, 6, 1), ["old", "order-30"]),
        (date(2027, 1, 31), ["old", "order-30"]),
        (date(2027, 2, 1), ["gb-t-13869-2017", "old", "order-30"]),
    ],
)
def test_a_source_holds_until_the_day_on_which_it_ends(orders, day, codes):
    assert sorted(ended(day).values_list("code", flat=True)) == codes


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("《中华人民共和国安全生产法》（2021年修正）第三十条", [1]),
        ("《建设工程安全生产管理条例》", []),
        ("GB/T 13869—2017", []),
        ("ＧＢ/T 13869-2017《用电安全导则》；GB 2811-20190", [2]),
        ("GB/T13869-2017；《安全生产法》", [1, 2]),
        ("《浙江省安全生产法实施办法》", [4]),
    ],
)
def test_a_text_names_what_it_spells_out_and_nothing_within_a_longer_name(text, keys):
    spellings = {1: ["安全生产法"], 2: ["GB/T 13869-2017"], 3: ["GB 2811-2019"], 4: ["浙江省安全生产法实施办法"]}
    assert named_in(text, {key: [folded(one) for one in said] for key, said in spellings.items()}) == keys


def test_what_cites_order_30_is_stale_and_still_drawn(orders, put):  # noqa: F811
    stale = put(source="《特种作业人员安全技术培训考核管理规定》(国家安全生产监督管理总局令第30号)")
    put("q-2", stem="第二问？", source="应急管理部令第19号")
    assert [question.code for question in stale_questions(DAY)] == ["q-1"]
    assert stale_versions(DAY).get() == stale
    assert not stale_questions(date(2026, 5, 31)).exists()
    assert Question.objects.get(code="q-1").current == stale
    put(source="应急管理部令第19号")
    assert not stale_questions(DAY).exists()


def test_a_source_entered_later_finds_the_questions_that_name_it(put):  # noqa: F811
    version = put(source="某规程（2001年）")
    assert not version.cites.exists()
    entered = sources.store(LegalSource(code="x", name="x", known_as="某规程", ended_on=date(2020, 1, 1)))
    assert stale_versions(DAY).get() == version
    entered.known_as = "另一规程"
    sources.store(entered)
    assert not stale_versions(DAY).exists()


def test_the_report_lists_what_cites_order_30(orders, put, officer, client):  # noqa: F811
    put(source="安监总局令第30号", stem="几年复审一次？")
    put("q-2", stem="旧规程怎么说？", source="旧规程")
    client.force_login(officer)
    page = client.get(f"{REPORT}?source=order-30")
    assert [question.code for question in page.context["page_obj"]] == ["q-1"]
    assert "Order 30 → Order 19" in page.text
    both = client.get(REPORT)
    assert [question.code for question in both.context["page_obj"]] == ["q-1", "q-2"]
    assert {one.code: one.citing for one in both.context["sources"]} == {"order-30": 1, "old": 1}
    assert client.get(f"{REPORT}?source=none").status_code == 404


def test_the_report_is_taken_away_as_a_table_and_that_is_recorded(orders, put, officer, client):  # noqa: F811
    put(source="安监总局令第30号", stem="=1+1 几年复审一次？")
    client.force_login(officer)
    lines = list(csv.reader(StringIO(client.get(f"{REPORT}csv/?source=order-30").content.decode("utf-8-sig"))))
    assert lines[1][2:] == [
        "q-1",
        "1",
        "'=1+1 几年复审一次？",
        "安监总局令第30号",
        "Order 30",
        "2026-06-01",
        "Order 19",
    ]
    sheet = load_workbook(BytesIO(client.get(f"{REPORT}xlsx/").content)).active
    assert [[cell.value for cell in row][2] for row in sheet.iter_rows(min_row=2)] == ["q-1"]
    entries = AuditEntry.objects.filter(deed="exported").order_by("pk")
    assert [entry.after for entry in entries] == [
        {"rows": 1, "source": "order-30", "format": "csv"},
        {"rows": 1, "source": "", "format": "xlsx"},
    ]


def test_the_list_marks_what_is_stale(orders, put, officer, client):  # noqa: F811
    put(source="安监总局令第30号")
    put("q-2", stem="第二问？")
    client.force_login(officer)
    found = client.get("/admin/bank/?stale=yes").context["page_obj"]
    assert [(question.code, question.stale) for question in found] == [("q-1", True)]


def test_the_report_costs_the_same_for_one_and_three(orders, put, officer, client, django_assert_num_queries):  # noqa: F811
    put(source="安监总局令第30号")
    client.force_login(officer)
    client.get(REPORT)
    with django_assert_num_queries(COST):
        client.get(REPORT)
    put("q-2", source="安监总局令第30号；旧规程")
    put("q-3", source="旧规程")
    with django_assert_num_queries(COST):
        client.get(REPORT)


COST = 16


def test_officers_enter_and_end_sources_in_the_admin(orders, put, officer, client):  # noqa: F811
    from exams.permissions import grant_permissions

    grant_permissions()
    put(source="GB/T 13869-2017《用电安全导则》")
    client.force_login(officer)
    source = LegalSource.objects.get(code="gb-t-13869-2017")
    data = {"code": source.code, "name": source.name, "known_as": source.known_as, "status": "superseded"}
    reply = client.post(f"/admin/legal_sources/edit/{source.pk}/", {**data, "ended_on": "2026-11-01"})
    assert reply.status_code == 302
    assert [question.code for question in stale_questions(DAY)] == ["q-1"]
    new = {"code": "new", "name": "new", "known_as": "26860-2011", "status": "repealed"}
    client.post("/admin/legal_sources/new/", new)
    assert LegalSource.objects.get(code="new").versions.count() == 0
    put("q-2")
    assert LegalSource.objects.get(code="new").versions.count() == 1


def test_retired_questions_are_in_no_report(orders, put, officer, at):  # noqa: F811
    version = put(source="安监总局令第30号")
    bank.edit(question_ids=[version.question_id], changes=bank.Changes(retired=True), by=officer, now=at("10:00"))
    assert not stale_questions(DAY).exists()

"""Officers write blueprints: rows without scripts, what is missing told first, copies instead of changes."""

import re
from html import unescape

import pytest
from django.test import Client
from django.utils import translation

from accounts.enums import Role
from core.models import AuditEntry
from exams.actions import blueprints as acts
from exams.actions.papers import draw
from exams.enums import QuestionKind, SourceStatus
from exams.models import Blueprint, BlueprintRow, KnowledgePoint, LegalSource, Paper, Question
from exams.queries import blueprints as reading
from exams.queries.feasibility import feasibility

TF, SC = QuestionKind.TRUE_FALSE, QuestionKind.SINGLE_CHOICE


@pytest.fixture
def client():
    """A client that reads English."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def officer(staff, client):
    user = staff(Role.EXAM_OFFICER)
    client.force_login(user)
    return user


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def sent(*rows: dict, stored: int = 0, **more) -> dict:
    """Return what the form sends: these rows, the rest of a row as it stands there when empty."""
    data = {"name": "new", "no_near_duplicates": "on", "evens_exposure": "on", "shuffles_questions": "on", **more}
    data |= {"rows-TOTAL_FORMS": str(len(rows)), "rows-INITIAL_FORMS": str(stored)}
    for number, row in enumerate(rows):
        plain = {"easiest": 1, "hardest": 5, "marks": 1, "scoring": "all_or_nothing", "point": "", "kind": ""}
        data |= {f"rows-{number}-{name}": str(value) for name, value in (plain | row).items()}
    return data


def shown(reply) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", reply.text))


def test_a_blueprint_is_written_with_its_rows(blueprint, officer, client):
    point = KnowledgePoint.objects.get()
    data = sent(
        {"kind": TF, "count": 3, "point": point.pk},
        {"kind": SC, "count": 2, "marks": "2.5", "easiest": 2, "hardest": 4, "scoring": "partial"},
        {},
        save="",
    )
    reply = client.post(f"/admin/blueprints/new/?operation={blueprint.operation_id}", data)
    made = Blueprint.objects.get(name="new")
    assert reply["Location"] == f"/admin/blueprints/{made.pk}/"
    assert (made.operation, made.covers_every_point, made.shuffles_options) == (blueprint.operation, False, False)
    rows = made.rows.order_by("pk").values_list("point", "kind", "easiest", "hardest", "count", "marks", "scoring")
    assert list(rows) == [
        (point.pk, TF, 1, 5, 3, 1, "all_or_nothing"),
        (None, SC, 2, 4, 2, 2.5, "partial"),
    ]


def test_what_is_missing_is_told_first_and_stored_only_when_confirmed(blueprint, officer, client):
    address = f"/admin/blueprints/new/?operation={blueprint.operation_id}"
    rows = ({"kind": TF, "count": 7},)
    reply = client.post(address, sent(*rows, save=""))
    assert "Row 1 wants 7, the bank has 6 that fit." in shown(reply)
    assert not Blueprint.objects.filter(name="new").exists()
    client.post(address, sent(*rows, anyway=""))
    assert Blueprint.objects.get(name="new").rows.get().count == 7


def test_check_shows_the_report_and_stores_nothing(blueprint, officer, client):
    reply = client.post(
        f"/admin/blueprints/new/?operation={blueprint.operation_id}", sent({"kind": TF, "count": 2}, check="")
    )
    assert "Papers can be drawn from this blueprint." in shown(reply)
    assert not Blueprint.objects.filter(name="new").exists()


def test_more_rows_come_without_scripts_and_keep_what_was_typed(blueprint, officer, client):
    data = sent({"kind": TF, "count": 2}, name="half done", more="")
    reply = client.post(f"/admin/blueprints/new/?operation={blueprint.operation_id}", data)
    assert 'name="rows-3-count"' in reply.text
    assert 'value="half done"' in reply.text
    assert not Blueprint.objects.filter(name="half done").exists()


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        (({"count": 2},), "Choose a kind, or whole cases."),
        (({"kind": TF, "count": 2, "easiest": 4, "hardest": 2},), "The easiest is harder than the hardest."),
        (({"kind": TF, "count": 2}, {"kind": TF, "count": 1}), "Two rows are for the same point"),
        (({},), "A blueprint has at least one row."),
        (({"kind": TF, "count": 0},), "greater than or equal to 1"),
        (({"kind": TF, "count": 1, "marks": 0},), "greater than or equal to 0.01"),
        (({"kind": TF, "count": 1, "easiest": 0},), "0 is not one of the available choices"),
    ],
)
def test_rows_that_make_no_sense_are_refused(blueprint, officer, client, rows, complaint):
    reply = client.post(f"/admin/blueprints/new/?operation={blueprint.operation_id}", sent(*rows, anyway=""))
    assert complaint in shown(reply)
    assert not Blueprint.objects.filter(name="new").exists()


def test_the_point_of_another_operation_is_refused(blueprint, officer, client, rule):
    other = type(rule.operation).objects.create(category=rule.operation.category, number=9, name="高压电工作业")
    foreign = KnowledgePoint.objects.create(operation=other, code="H1", name="?")
    data = sent({"kind": TF, "count": 1, "point": foreign.pk}, anyway="")
    client.post(f"/admin/blueprints/new/?operation={blueprint.operation_id}", data)
    assert not Blueprint.objects.filter(name="new").exists()


def test_rows_may_change_places_and_what_stays_is_not_written_again(blueprint, officer, client):
    point = KnowledgePoint.objects.get().pk
    kept = blueprint.rows.get(kind=TF).pk
    before = AuditEntry.objects.filter(kind="exams.blueprintrow").count()
    data = sent(
        {"kind": SC, "count": 1, "point": point},
        {"kind": TF, "count": 3, "point": point},
        {"kind": TF, "count": 1, "DELETE": "on"},
        stored=2,
        save="",
    )
    client.post(f"/admin/blueprints/{blueprint.pk}/edit/", data)
    assert dict(blueprint.rows.values_list("kind", "count")) == {TF: 3, SC: 1}
    assert blueprint.rows.get(kind=TF).pk == kept
    assert AuditEntry.objects.filter(kind="exams.blueprintrow").count() == before + 2  # one gone, one come


def test_a_blueprint_with_papers_is_copied_never_edited(blueprint, officer, client, at):
    paper = draw(blueprint=blueprint, seed=1, now=at("08:00"))
    reply = client.get(f"/admin/blueprints/{blueprint.pk}/edit/")
    assert reply["Location"] == f"/admin/blueprints/{blueprint.pk}/"
    client.post(f"/admin/blueprints/{blueprint.pk}/edit/", sent({"kind": TF, "count": 1}, save=""))
    with pytest.raises(acts.InUse):
        acts.save(blueprint=blueprint, rows=[], by=officer)
    assert blueprint.rows.count() == 2
    reply = client.post(f"/admin/blueprints/{blueprint.pk}/copy/", {"name": "2027"})
    twin = Blueprint.objects.get(name="2027")
    assert reply["Location"] == f"/admin/blueprints/{twin.pk}/edit/"
    assert dict(twin.rows.values_list("kind", "count")) == {TF: 3, SC: 2}
    assert Paper.objects.get(pk=paper.pk).blueprint == blueprint


def test_a_copy_without_a_name_is_refused(blueprint, officer, client):
    client.post(f"/admin/blueprints/{blueprint.pk}/copy/", {"name": " "})
    assert Blueprint.objects.count() == 1


def test_a_retired_blueprint_stays_and_is_edited_no_more(blueprint, officer, client):
    client.post(f"/admin/blueprints/{blueprint.pk}/retire/")
    blueprint.refresh_from_db()
    retired = blueprint.retired_at
    client.post(f"/admin/blueprints/{blueprint.pk}/retire/")
    blueprint.refresh_from_db()
    assert blueprint.retired_at == retired is not None
    with pytest.raises(acts.InUse):
        acts.save(blueprint=blueprint, rows=[], by=officer)


def test_only_an_officer_writes_blueprints(blueprint, staff, at):
    author = staff(Role.QUESTION_AUTHOR)
    for act, more in (("save", {"rows": []}), ("copy", {"name": "?"}), ("retire", {"now": at("08:00")})):
        with pytest.raises(acts.NotAnOfficer):
            getattr(acts, act)(blueprint=blueprint, by=author, **more)


def test_the_list_costs_the_same_for_one_and_for_three(blueprint, at, django_assert_num_queries):
    draw(blueprint=blueprint, seed=1, now=at("08:00"))
    with django_assert_num_queries(1):
        rows = [(one.operation.name, one.rows_count, one.questions, one.papers_count) for one in reading.blueprints()]
    assert rows == [("低压电工作业", 2, 5, 1)]
    for number in range(2):
        Blueprint.objects.create(operation=blueprint.operation, name=f"{number}")
    with django_assert_num_queries(1):
        assert len({one.operation.name + one.name for one in reading.blueprints()}) == 3


def test_the_report_counts_what_is_stale_and_what_waits_for_approval(blueprint, at):
    law = LegalSource.objects.create(code="old", name="?", known_as="?", status=SourceStatus.REPEALED)
    for code in ("tf-0", "tf-1"):
        Question.objects.get(code=code).current.cites.add(law)
    Question.objects.filter(code__in=("tf-2", "sc-0")).update(current=None)
    report = feasibility(blueprint)
    assert [(row.wanted, row.there, row.unapproved, row.stale) for row in report.rows] == [(3, 5, 1, 2), (2, 3, 1, 0)]
    assert report.problems == ()
    assert (report.questions, report.marks, report.minutes, report.seconds_each) == ((5, 5), (5, 5), 120, 1440)


def test_the_report_says_which_rows_take_from_each_other(blueprint):
    rows = [
        BlueprintRow(blueprint=blueprint, kind=TF, count=4, point=KnowledgePoint.objects.get()),
        BlueprintRow(blueprint=blueprint, kind=TF, count=3),
    ]
    assert feasibility(blueprint, rows).problems == (
        "Rows 1、2 draw from the same questions: together they want 7 of 6.",
    )


def test_the_report_names_the_points_no_row_finds(blueprint, rule):
    KnowledgePoint.objects.create(operation=rule.operation, code="K12", name="first aid")
    blueprint.covers_every_point = True
    assert feasibility(blueprint).problems == ("No row finds a question of these knowledge points: K12 first aid.",)


def test_trial_papers_are_compared_and_not_stored(blueprint):
    trial = reading.trial(blueprint, papers=40)
    figures = trial.figures
    assert (figures.papers, figures.questions, figures.unused) == (40, 5, 0)
    assert (figures.difficulty.mean, figures.difficulty.deviation) == (3.0, 0.0)
    assert figures.use.mean == pytest.approx(40 * 5 / 10)
    assert 0 <= figures.overlap.least < figures.overlap.mean < figures.overlap.most <= 5
    assert [(point.name, point.percent, point.questions) for point in trial.points] == [("K11 law", 100.0, 5.0)]
    assert not Paper.objects.exists()
    assert set(Question.objects.values_list("times_drawn", flat=True)) == {0}


def test_the_page_shows_rows_report_and_figures(blueprint, officer, client):
    page = shown(client.get(f"/admin/blueprints/{blueprint.pk}/"))
    assert "Papers can be drawn from this blueprint." in page
    assert "From 200 trial papers" in page
    blueprint.rows.filter(kind=SC).update(count=9)
    page = shown(client.get(f"/admin/blueprints/{blueprint.pk}/"))
    assert "Row 2 wants 9, the bank has 4 that fit." in page
    assert "trial papers" not in page


def test_the_preview_is_the_paper_its_seed_gives_without_the_key(blueprint, officer, client, at):
    page = client.get(f"/admin/blueprints/{blueprint.pk}/preview/?seed=7")
    stems = re.findall(r"(\d)\. stem of ([\w-]+)", shown(page))
    assert not Paper.objects.exists()
    paper = draw(blueprint=blueprint, seed=7, now=at("08:00"))
    slots = paper.slots.values_list("number", "version__question__code")
    assert stems == [(str(number), code) for number, code in slots]
    assert "why tf-" not in page.text


@pytest.mark.parametrize("seed", ["", "x", "9" * 40, "-1", "²"])
def test_the_preview_takes_any_seed(blueprint, officer, client, seed):
    page = client.get(f"/admin/blueprints/{blueprint.pk}/preview/", {"seed": seed})
    assert shown(page).count("stem of") == 5


def test_the_preview_says_why_there_is_none(blueprint, officer, client):
    blueprint.rows.filter(kind=SC).update(count=9)
    assert "Row 2 wants 9, the bank has 4" in shown(client.get(f"/admin/blueprints/{blueprint.pk}/preview/"))


def test_a_blueprint_that_is_not_there_is_not_found(officer, client):
    for rest in ("", "edit/", "preview/"):
        assert client.get(f"/admin/blueprints/4711/{rest}").status_code == 404

"""The officers' pages about results."""

import io

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from accounts.enums import Role
from accounts.models import User
from core.charts import bars
from core.models import AuditEntry
from exams.actions import appeals, grading, key_changes, statistics
from exams.enums import HintKind, KeyChangeKind
from exams.models import AnomalyHint, Attempt, KeyChange, PaperSlot, Result, Sitting, VersionStatistic
from exams.queries.statistics import report, sittings_with_results, state_of
from tests.exams.results_fixtures import *  # noqa: F403

CLOCK = "core.middleware.timezone.now"


@pytest.fixture
def browser(client, officer, monkeypatch, at):
    """The first officer's, at 15:00, who has just proved who they are."""
    monkeypatch.setattr(CLOCK, lambda: at("15:00"))
    monkeypatch.setattr("accounts.menus.RoleMenuItem.is_shown", lambda item, request: True)  # a query an item
    client.force_login(officer)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": timezone.now().timestamp()}]
    session.save()
    return client


@pytest.fixture
def graded(held, candidate, at):
    """Three graded candidates: all right, one wrong, all wrong."""
    attempts = [candidate(), candidate(wrong=(5,)), candidate(wrong=(1, 2, 3, 4, 5))]
    grading.grade_waiting(now=at("10:31"))
    return [Attempt.objects.get(pk=attempt.pk) for attempt in attempts]


def url(held, rest=""):
    return f"/admin/results/{held.pk}/{rest}"


def text_of(reply) -> str:
    assert reply.status_code == 200
    return reply.content.decode()


def test_a_sitting_goes_from_running_to_released(held, candidate, attempt, officer, at):
    from exams.actions import releasing
    from exams.enums import AttemptStatus

    candidate()
    states = [state_of(sittings_with_results().get())]
    Attempt.objects.filter(pk=attempt.pk).update(status=AttemptStatus.ABSENT)
    states.append(state_of(sittings_with_results().get()))
    grading.grade_waiting(now=at("10:31"))
    states.append(state_of(sittings_with_results().get()))
    releasing.release(sitting_id=held.pk, by=officer, now=at("13:00"))
    row = sittings_with_results().get()
    assert [*states, state_of(row)] == ["running", "to_grade", "to_release", "released"]
    assert (row.graded, row.absent, row.submitted) == (1, 1, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(browser, held, candidate, count, at, django_assert_num_queries):
    for _ in range(count):
        candidate()
        held.pk = None
        held.save()
    grading.grade_waiting(now=at("10:31"))
    browser.get("/admin/results/")
    with django_assert_num_queries(14):
        page = text_of(browser.get("/admin/results/"))
    assert page.count(">理论考试</a>") == count


def test_the_report_shows_figures_bars_points_and_advice(browser, held, graded):
    page = text_of(browser.get(url(held)))
    found = report([held.pk])
    assert (found.whole.attempts, found.passed, found.whole.mean, found.full_marks) == (3, 2, 3, 5)
    assert "3.00 / 5" in page
    assert page.count("<rect") >= 20
    assert ("K11" in page, "⚠" in page or "few" in page or "太少" in page) == (True, True)
    for attempt in graded:
        assert attempt.person.name not in page


def test_the_report_costs_the_same_for_one_and_three(browser, held, candidate, at, django_assert_num_queries):
    for already in (1, 3):
        while Attempt.objects.filter(admission__sitting=held).count() < already:
            candidate()
        grading.grade_waiting(now=at("10:31"))
        browser.get(url(held))
        with django_assert_num_queries(15):
            browser.get(url(held))


def test_questions_are_sorted_by_the_column_asked_for(browser, held, graded):
    order = [row.figures.facility for row in browser.get(url(held), {"sort": "facility"}).context["questions"]]
    back = [row.figures.facility for row in browser.get(url(held), {"sort": "-facility"}).context["questions"]]
    assert (order, back) == (sorted(order), sorted(order, reverse=True))
    first = browser.get(url(held), {"sort": "discrimination"}).context["questions"]
    known = [row.figures.discrimination_index is not None for row in first]
    assert known == sorted(known, reverse=True)
    assert browser.get(url(held), {"sort": "nonsense"}).status_code == 200


def test_a_version_shows_who_chose_what(browser, held, graded):
    slot = PaperSlot.objects.get(paper=graded[2].paper_id, number=1)
    page = browser.get(url(held, f"versions/{slot.version_id}/"))
    counts = {option.is_right: count for option, count in page.context["options"]}
    assert counts[False].chosen == 1
    assert sum(count.chosen for _, count in page.context["options"]) == page.context["row"].figures.attempts
    assert browser.get(url(held, "versions/999999/")).status_code == 404


def test_an_officer_releases_by_a_click(browser, held, graded, officer):
    assert f'action="{url(held, "release/")}"' in text_of(browser.get(url(held)))
    browser.post(url(held, "release/"))
    assert Sitting.objects.get(pk=held.pk).released_by == officer


def test_a_click_too_early_is_told(browser, held, graded, candidate):
    candidate()
    page = browser.post(url(held, "release/"), follow=True)
    assert Sitting.objects.get(pk=held.pk).released_at is None
    assert [message.level_tag for message in page.context["messages"]] == ["error"]


def test_results_leave_with_names_for_officers_only_and_it_is_recorded(browser, held, graded, staff, officer):
    person = graded[0].person
    person.name = "=王小电"
    person.save()
    data = browser.post(url(held, "results.xlsx")).content
    rows = list(load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))
    assert (rows[1][2], rows[1][4], rows[1][5], len(rows)) == ("'=王小电", 5, 5, 4)
    assert person.id_number not in str(rows)
    entry = AuditEntry.objects.filter(deed="exported").first()
    assert (entry.after, entry.actor_id) == ({"rows": 3, "format": "xlsx"}, officer.pk)
    browser.force_login(staff(Role.EXAMINER))
    assert browser.post(url(held, "results.csv")).status_code in (302, 403)


def test_results_with_names_ask_who_it_is_again(client, held, graded, officer):
    officer.set_password("a password")
    officer.save()
    client.force_login(officer)
    reply = client.post(url(held, "results.csv"))
    assert (reply.status_code, "reauthenticate" in reply["Location"]) == (302, True)


def test_statistics_leave_without_names(browser, held, graded):
    data = browser.post(url(held, "statistics.csv")).content.decode("utf-8-sig")
    lines = data.splitlines()
    assert len(lines) == 1 + len(report([held.pk]).questions)
    assert "tf-" in data
    assert graded[0].person.name not in data
    assert browser.post(url(held, "statistics.pdf")).status_code == 404


def test_a_mock_exam_and_an_unknown_sitting_are_not_found(browser, held, graded):
    Sitting.objects.update(kind="mock")
    assert [browser.get(path).status_code for path in (url(held), "/admin/results/999999/")] == [404, 404]


def test_figures_over_all_released_sittings_are_made_anew(held, released, rule, at):
    count = statistics.refresh(operation_id=rule.operation_id, now=at("20:00"))
    versions = set(PaperSlot.objects.filter(paper__attempt__in=released).values_list("version", flat=True))
    assert (count, set(VersionStatistic.objects.values_list("version", flat=True))) == (len(versions), versions)
    wrong = PaperSlot.objects.get(paper=released[1].paper_id, number=1).version
    kept = wrong.statistic
    had = PaperSlot.objects.filter(paper__attempt__in=released, version=wrong).count()
    assert (kept.attempts, kept.facility, kept.random_guess) == (had, (had - 1) / had, 0.5)
    assert sum(chosen for chosen, _, _ in kept.options) == had
    statistics.refresh_all(now=at("21:00"))
    assert VersionStatistic.objects.filter(computed_at=at("21:00")).count() == len(versions)


def test_unreleased_results_are_in_no_figures_over_all(held, graded, rule, at):
    assert statistics.refresh(operation_id=rule.operation_id, now=at("20:00")) == 0


def test_a_change_of_a_key_from_proposal_to_approval(browser, client, released, second_officer, at):
    version = PaperSlot.objects.get(paper=released[1].paper_id, number=1).version
    new = f"/admin/results/key-changes/new/{version.pk}/"
    assert version.stem in text_of(browser.get(new))
    assert not browser.post(new, {"kind": "new_key", "typed": "Z", "reason": "?"}).context["form"].is_valid()
    page = browser.post(new, {"kind": "void", "typed": "", "reason": "两个选项都对"}, follow=True)
    change = KeyChange.objects.get()
    assert (page.context["count"], page.context["passes"], page.context["may_approve"]) == (1, 1, False)
    assert released[1].person.masked_name in page.content.decode()
    assert released[1].person.name not in page.content.decode()
    browser.post(f"/admin/results/key-changes/{change.pk}/approve/")
    assert KeyChange.objects.get().approved_at is None
    client.force_login(second_officer)
    client.post(f"/admin/results/key-changes/{change.pk}/approve/")
    key_changes.apply(change_id=change.pk, now=at("16:00"))
    after = client.get(f"/admin/results/key-changes/{change.pk}/").context
    assert [(one.old.score, one.new.score) for one in after["found"]] == [(3, 4)]
    assert client.post(f"/admin/results/key-changes/{change.pk}/refuse/").status_code == 302
    assert KeyChange.objects.get().refused_at is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_key_changes_costs_the_same(browser, released, officer, count, at, django_assert_num_queries):
    version = PaperSlot.objects.get(paper=released[1].paper_id, number=1).version
    for _ in range(count):
        key_changes.propose(
            question=version.question,
            version=version,
            kind=KeyChangeKind.VOID,
            detail={},
            reason="?",
            by=officer,
            now=at("14:00"),
        )
    browser.get("/admin/results/key-changes/")
    with django_assert_num_queries(13):
        page = text_of(browser.get("/admin/results/key-changes/"))
    assert page.count("/admin/results/key-changes/") - 1 == count  # the way to the list itself


def test_an_appeal_is_answered_on_its_page(browser, client, released, second_officer, at):
    weak = released[1]
    appeal = appeals.appeal(attempt_id=weak.pk, slot=1, reason="题干不清", by=weak.person, now=at("14:00"))
    page = text_of(browser.get(f"/admin/results/appeals/{appeal.pk}/"))
    assert ("题干不清" in page, weak.person.name in page) == (True, False)
    answer = {"upheld": "no", "answer": "题干明确。"}
    refused = browser.post(f"/admin/results/appeals/{appeal.pk}/", answer)  # this officer released the result
    assert refused.context["form"].non_field_errors()
    client.force_login(second_officer)
    assert client.post(f"/admin/results/appeals/{appeal.pk}/", answer).status_code == 302
    appeal.refresh_from_db()
    assert (appeal.state, appeal.answer) == ("rejected", "题干明确。")
    assert client.post(f"/admin/results/appeals/{appeal.pk}/", answer).context["form"].non_field_errors()
    assert client.post(f"/admin/results/appeals/{appeal.pk}/confirm/").status_code == 302
    assert Result.objects.count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_appeals_costs_the_same(browser, released, count, at, django_assert_num_queries):
    weak = released[1]
    for slot in range(1, count + 1):
        appeals.appeal(attempt_id=weak.pk, slot=slot, reason="?", by=weak.person, now=at("14:00"))
    browser.get("/admin/results/appeals/")
    with django_assert_num_queries(13):
        page = text_of(browser.get("/admin/results/appeals/"))
    assert page.count(weak.person.masked_name) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_hints_costs_the_same(browser, held, graded, count, at, django_assert_num_queries):
    for attempt in graded[:count]:
        figures = {"answers": 20, "seconds": 12.5, "right": 0.9}
        AnomalyHint.objects.create(
            sitting=held, kind=HintKind.SPEED, attempt=attempt, figures=figures, found_at=at("14:00")
        )
    browser.get("/admin/results/hints/")
    with django_assert_num_queries(13):
        page = text_of(browser.get("/admin/results/hints/"))
    assert page.count("12.5") == count


def test_a_hint_is_marked_as_looked_at(browser, held, graded, officer, at):
    hint = AnomalyHint.objects.create(sitting=held, kind=HintKind.SPEED, attempt=graded[0], found_at=at("14:00"))
    browser.post(f"/admin/results/hints/{hint.pk}/", {"note": " "})
    assert AnomalyHint.objects.get().looked_at is None
    browser.post(f"/admin/results/hints/{hint.pk}/", {"note": "考生熟练"})
    assert (AnomalyHint.objects.get().note, AnomalyHint.objects.get().looked_at_by) == ("考生熟练", officer)
    assert browser.post("/admin/results/hints/999999/", {"note": "?"}).status_code == 404


def test_certificates_without_basis_are_for_certifiers_too(client, staff):
    client.force_login(staff(Role.CERTIFIER))
    assert client.get("/admin/results/lost-basis/").status_code == 200
    assert client.get("/admin/results/").status_code in (302, 403)


def test_bars_fill_the_picture():
    drawn = bars([("0–50", 1), ("50–100", 4), ("?", 0)])
    assert [(bar.y, bar.height) for bar in drawn] == [(120, 40), (0, 160), (160, 0)]
    assert bars([]) == []


def test_every_officer_page_says_who_may_not(client, held, graded, staff):
    client.force_login(User.objects.create_user("plain"))
    assert client.get(url(held)).status_code in (302, 403)

"""Reference data is edited where nothing rests on it, and succeeded where something does."""

from datetime import date

import pytest

from accounts.enums import Role
from core.models import AuditEntry
from exams.actions import attempts, reference, rule_seeding, seeding
from exams.enums import Education
from exams.models import OperationRule, PracticalSubject, Scheme, Sitting
from exams.permissions import grant_permissions
from exams.queries import reference as reading


@pytest.fixture
def officer(staff):
    user = staff(Role.EXAM_OFFICER)
    grant_permissions()
    return user


@pytest.fixture
def browser(client, officer):
    client.force_login(officer)
    return client


def store(row, officer, at, **changes):
    for name, value in changes.items():
        setattr(row, name, value)
    return reference.store(row=row, by=officer, now=at("12:00"))


def test_before_anybody_is_examined_a_rule_is_edited(rule, officer, at):
    store(rule, officer, at, theory_pass_mark=85)
    assert OperationRule.objects.get().theory_pass_mark == 85


def test_a_seat_that_is_only_booked_does_not_freeze_the_rule(attempt, rule, officer, at):
    store(rule, officer, at, theory_minutes=90)
    assert OperationRule.objects.get().theory_minutes == 90


@pytest.mark.parametrize(
    ("field", "value"), [("theory_pass_mark", 60), ("theory_minutes", 90), ("practical_pass_mark", 60)]
)
def test_once_an_exam_has_begun_what_decides_it_stays(running, rule, officer, at, field, value):
    with pytest.raises(reference.HasResults) as refused:
        store(rule, officer, at, **{field: value})
    assert refused.value.fields == [field]
    assert getattr(OperationRule.objects.get(), field) != value


def test_what_decides_nothing_is_edited_all_the_same(running, rule, officer, at):
    store(rule, officer, at, confirmed=True, source="公布文本第3页")
    store(rule.scheme, officer, at, renewal_opens_days=90, to_confirm="")
    assert (OperationRule.objects.get().confirmed, Scheme.objects.get().renewal_opens_days) == (True, 90)


@pytest.mark.parametrize(("field", "value"), [("validity_years", 3), ("practical_attempts", 2), ("name", "another")])
def test_a_scheme_somebody_was_examined_under_stays(running, rule, officer, at, field, value):
    with pytest.raises(reference.HasResults):
        store(rule.scheme, officer, at, **{field: value})


def test_subjects_stay_too_and_none_is_added(running, rule, officer, at):
    with pytest.raises(reference.HasResults):
        store(PracticalSubject.objects.get(code="K1"), officer, at, marks=30)
    with pytest.raises(reference.HasResults):
        store(PracticalSubject(rule=rule, code="K5", name="新", marks=10), officer, at)
    with pytest.raises(reference.HasResults):
        reference.remove(row=PracticalSubject.objects.get(code="K1"), by=officer, now=at("12:00"))
    assert PracticalSubject.objects.count() == 4


def test_the_operation_keeps_its_name_and_may_get_another_course(running, rule, officer, at):
    with pytest.raises(reference.HasResults):
        store(rule.operation, officer, at, name="电工")
    rule.operation.refresh_from_db()
    store(rule.operation, officer, at, number=7)


def test_only_an_officer_edits(rule, person, at):
    with pytest.raises(reference.NotAnOfficer):
        store(rule, person.user, at, theory_minutes=90)


def test_the_successor_takes_everything_over_and_past_exams_keep_their_rules(running, rule, officer, at):
    successor = reference.succeed(scheme=rule.scheme, effective_from=date(2027, 1, 1), by=officer, now=at("12:00"))
    old = Scheme.objects.get(pk=rule.scheme_id)
    assert (old.effective_to, successor.effective_from, successor.effective_to) == (
        date(2026, 12, 31), date(2027, 1, 1), None,
    )  # fmt: skip
    new = OperationRule.objects.get(scheme=successor)
    assert list(new.subjects.values_list("code", "marks")) == list(rule.subjects.values_list("code", "marks"))
    store(new, officer, at, theory_pass_mark=90)
    assert Sitting.objects.get().rule.theory_pass_mark == 80
    assert successor.code == "order-19-2027-01-01"


@pytest.mark.parametrize("day", [date(2026, 6, 1), date(2026, 11, 23)])
def test_a_successor_never_begins_in_the_past(rule, officer, at, day):
    with pytest.raises(reference.NotLater):
        reference.succeed(scheme=rule.scheme, effective_from=day, by=officer, now=at("12:00"))


def test_a_second_successor_of_the_same_scheme_is_refused(rule, officer, at):
    reference.succeed(scheme=rule.scheme, effective_from=date(2027, 1, 1), by=officer, now=at("12:00"))
    rule.scheme.refresh_from_db()
    with pytest.raises(reference.NotLater):
        reference.succeed(scheme=rule.scheme, effective_from=date(2027, 2, 1), by=officer, now=at("12:00"))


def test_the_page_shows_the_history_from_the_trail(browser, rule, officer, at):
    store(rule, officer, at, theory_minutes=90)
    page = browser.get(f"/admin/operation_rules/edit/{rule.pk}/").text
    assert "120 → 90" in page
    assert officer.username in page
    assert AuditEntry.objects.filter(kind="exams.operationrule").count() == 2


def test_the_history_of_a_rule_holds_its_subjects(rule):
    labels = [entry.label for entry in reading.history(rule)]
    assert [label for label in labels if label.startswith("K")] == ["K4 K4", "K3 K3", "K2 K2", "K1 K1"]


def test_what_is_to_confirm_wears_a_badge(browser, rule):
    Scheme.objects.update(to_confirm="renewal_opens_days, number_pattern")
    assert "w-status" in browser.get("/admin/schemes/").text
    page = browser.get(f"/admin/schemes/edit/{rule.scheme_id}/").text
    names = reading.to_confirm(Scheme.objects.get())
    assert len(names) == 2
    assert all(f'<span class="w-status">{name}</span>' in page for name in names)
    Scheme.objects.update(to_confirm="")
    OperationRule.objects.update(confirmed=True)
    assert reading.to_confirm(Scheme.objects.get()) == reading.to_confirm(OperationRule.objects.get()) == []


def form_of(rule, **changes) -> dict:
    values = {field: getattr(rule, field) for field in (
        "theory_minutes", "theory_pass_mark", "practical_minutes", "practical_pass_mark", "education", "examiners",
        "difference_limit", "source",
    )}  # fmt: skip
    return {"scheme": rule.scheme_id, "operation": rule.operation_id, "training_hours": "", **values, **changes}


def test_the_form_changes_a_rule_and_says_at_the_field_what_may_not(browser, running, rule):
    address = f"/admin/operation_rules/edit/{rule.pk}/"
    reply = browser.post(address, form_of(rule, theory_pass_mark=60))
    assert reply.status_code == 200
    assert list(reply.context["form"].errors) == ["theory_pass_mark"]
    assert OperationRule.objects.get().theory_pass_mark == 80
    assert browser.post(address, form_of(rule, source="公布文本")).status_code == 302
    assert OperationRule.objects.get().source == "公布文本"


def test_an_officer_makes_the_successor_on_its_page(browser, rule, monkeypatch, at):
    monkeypatch.setattr("core.middleware.timezone.now", lambda: at("12:00"))
    address = f"/admin/schemes/{rule.scheme_id}/succeed/"
    assert browser.post(address, {"effective_from": "2026-11-01"}).status_code == 200
    assert browser.post(address, {"effective_from": "2027-01-01"}).status_code == 302
    assert Scheme.objects.count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_rules_costs_the_same_for_one_and_three(browser, rule, count, django_assert_num_queries):
    from exams.models import Operation

    for number in range(count - 1):
        rule.pk = None
        rule.operation = Operation.objects.create(
            category=rule.operation.category, number=20 + number, name=f"o{number}"
        )
        rule.save()
    browser.get("/admin/operation_rules/")
    with django_assert_num_queries(15):
        assert browser.get("/admin/operation_rules/").text.count("/admin/operation_rules/edit/") >= count


def test_seeded_rules_cover_the_catalogue_with_hours_and_schooling(db, at):
    seeding.load_schemes()
    seeding.load_operations()
    seeding.load_operation(folder="low-voltage", now=at("08:00"))
    assert rule_seeding.load_rules() == 108
    told = {
        (rule.scheme.code, rule.operation.name): (rule.education, rule.training_hours)
        for rule in OperationRule.objects.select_related("scheme", "operation")
    }
    assert told["order-30", "低压电工作业"] == (Education.JUNIOR_SECONDARY, 148)
    assert told["order-19", "低压电工作业"] == (Education.NONE, 148)
    assert told["order-19", "登高架设作业"] == (Education.NONE, 100)
    assert told["order-30", "氯化工艺作业"] == (Education.SENIOR_SECONDARY, None)
    assert told["order-19", "司钻作业"] == (Education.JUNIOR_SECONDARY, None)
    old, new = Scheme.objects.order_by("effective_from")
    assert (old.renewal_hours, new.renewal_hours, new.renewal_opens_days) == (8, None, None)
    assert "renewal_hours" in new.to_confirm


def test_seeding_again_keeps_what_officers_changed(db, at):
    seeding.load_schemes()
    seeding.load_operations()
    seeding.load_operation(folder="low-voltage", now=at("08:00"))
    rule_seeding.load_rules()
    Scheme.objects.update(renewal_opens_days=90)
    OperationRule.objects.update(theory_pass_mark=70)
    seeding.load_schemes()
    seeding.load_operation(folder="low-voltage", now=at("09:00"))
    rule_seeding.load_rules()
    assert set(Scheme.objects.values_list("renewal_opens_days", flat=True)) == {90}
    assert set(OperationRule.objects.values_list("theory_pass_mark", flat=True)) == {70}


def test_an_exam_that_is_closed_freezes_as_well(running, rule, officer, at):
    attempts.close_overdue(now=at("15:00"))
    assert reading.rests_on(rule)

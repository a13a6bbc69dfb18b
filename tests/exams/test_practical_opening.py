"""Who opens a practical exam, for whom, with which examiners and tasks."""
# ruff: noqa: F811  (fixtures are imported by name)

import pytest

from accounts.enums import Role
from accounts.models import Membership, Organisation, OrganisationManager
from exams.actions import practicals
from exams.actions.admissions import NotEligible
from exams.enums import PracticalStatus, ReleasePolicy, SittingKind
from exams.models import Practical, PracticalSession, PracticalTask, Result, ScoreSheet, Sitting
from exams.queries.practicals import awaiting_practical
from exams.rules.practicals import NoTask
from notifications.models import Notice
from tests.exams.practical_fixtures import (  # noqa: F401
    examine,
    examiners,
    make_examiner,
    make_task,
    mark,
    open_session,
    passed,
    session,
    tasks,
)


@pytest.fixture
def officer(staff):
    return staff(Role.EXAM_OFFICER)


def test_opening_draws_one_task_a_subject_and_gives_two_examiners_their_sheets(session, examiners):
    assert [drawn.task.subject for drawn in session.drawn.all()] == ["K1", "K2", "K3", "K4"]
    assert (session.number, session.status, session.opened_by) == (1, PracticalStatus.OPEN, examiners[0])
    sheets = session.sheets.values_list("place", "examiner__username", "submitted_at")
    assert list(sheets) == [(1, "wang", None), (2, "zhao", None)]
    assert list(Notice.objects.filter(kind="practical_assigned").values_list("user__username", flat=True)) == [
        "zhao",
        "wang",
    ]
    assert not awaiting_practical().exists()


def test_an_officer_opens_too(open_session, officer):
    assert open_session(by=officer).opened_by == officer


@pytest.mark.parametrize("role", [Role.INVIGILATOR, Role.CERTIFIER, Role.AUDITOR])
def test_nobody_else_opens(open_session, staff, role):
    with pytest.raises(practicals.NotAllowed):
        open_session(by=staff(role))
    assert not PracticalSession.objects.exists()


def test_a_second_click_finds_the_first(open_session, session):
    with pytest.raises(practicals.AlreadyOpen) as found:
        open_session()
    assert found.value.session == session
    assert (PracticalSession.objects.count(), ScoreSheet.objects.count()) == (1, 2)


def test_the_candidate_does_not_open_their_own(open_session, officer, person):
    person.user = officer
    person.save()
    with pytest.raises(practicals.NotAllowed):
        open_session(by=officer)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_exactly_as_many_examiners_as_the_rule_says(open_session, examiners, passed, tasks, at, count):
    with pytest.raises(practicals.WrongExaminer):
        practicals.open_session(
            theory_id=passed.pk, examiners=[user.pk for user in examiners[:count]], by=examiners[0], now=at("13:00")
        )
    assert not PracticalSession.objects.exists()


def test_a_rule_may_ask_for_one(open_session, examiners, rule, at):
    rule.examiners = 1
    rule.save()
    session = open_session(chosen=examiners[:1])
    mark(session, 1, at)
    session.refresh_from_db()
    assert (session.status, session.practical.score) == (PracticalStatus.DECIDED, 90)


def test_nobody_examines_twice_themselves_or_without_the_role(open_session, examiners, person, staff):
    for chosen in ([examiners[0], examiners[0]], [examiners[0], staff(Role.INVIGILATOR)]):
        with pytest.raises(practicals.WrongExaminer):
            open_session(chosen=chosen)
    person.user = examiners[1]
    person.save()
    with pytest.raises(practicals.WrongExaminer):
        open_session()
    assert not PracticalSession.objects.exists()


def test_an_examiner_of_the_candidates_training_institution_is_refused(
    open_session, examiners, person, make_person, at
):
    school = Organisation.add_root(name="培训学校", kind="training")
    branch = school.add_child(name="分校", kind="training")
    Membership.objects.create(organisation=branch, person=person, joined_at=at("08:00"), left_at=at("09:00"))
    OrganisationManager.objects.create(organisation=school, user=examiners[0], granted_at=at("08:00"))
    with pytest.raises(practicals.WrongExaminer):
        open_session()
    OrganisationManager.objects.all().delete()
    teacher = make_person(username="teacher")
    teacher.user.delete()
    teacher.user = examiners[1]
    teacher.save()
    membership = Membership.objects.create(organisation=school, person=teacher, joined_at=at("07:00"))
    with pytest.raises(practicals.WrongExaminer):
        open_session()
    membership.left_at = at("07:30")  # gone before the candidate came
    membership.save()
    assert open_session().sheets.count() == 2


def test_colleagues_in_an_enterprise_are_no_trainers(open_session, examiners, person, make_person, at):
    harbour = Organisation.add_root(name="海港公司", kind="enterprise")
    Membership.objects.create(organisation=harbour, person=person, joined_at=at("08:00"))
    OrganisationManager.objects.create(organisation=harbour, user=examiners[0], granted_at=at("08:00"))
    assert open_session().sheets.count() == 2


@pytest.mark.parametrize("kind", [SittingKind.MOCK, SittingKind.TRAINING])
def test_a_theory_that_certifies_nothing_leads_to_no_practical(open_session, kind):
    Sitting.objects.update(kind=kind)
    assert not awaiting_practical().exists()
    with pytest.raises(practicals.TheoryNotPassed):
        open_session()


def test_a_theory_that_is_not_released_waits(open_session, officer, at):
    Sitting.objects.update(release_policy=ReleasePolicy.BY_OFFICER)
    assert not awaiting_practical().exists()
    with pytest.raises(practicals.TheoryNotPassed):
        open_session()
    Sitting.objects.update(released_at=at("12:00"))
    assert awaiting_practical().count() == 1
    assert open_session().number == 1


def test_the_newest_result_counts(open_session, passed, at):
    Result.objects.create(attempt=passed, number=2, score=1, full_marks=5, passed=False, graded_at=at("12:00"))
    assert not awaiting_practical().exists()
    with pytest.raises(practicals.TheoryNotPassed):
        open_session()


def test_no_practical_without_a_passed_theory(running, tasks, examiners, at):
    with pytest.raises(practicals.TheoryNotPassed):
        practicals.open_session(
            theory_id=running.pk, examiners=[user.pk for user in examiners[:2]], by=examiners[0], now=at("13:00")
        )


def test_a_theory_older_than_twelve_months_no_longer_counts(open_session, at):
    with pytest.raises(NotEligible):
        open_session(now=at("13:00").replace(year=2027, day=24))


def test_subjects_that_make_no_hundred_examine_nobody(open_session, rule):
    rule.subjects.filter(code="K4").update(marks=10)
    with pytest.raises(NotEligible):
        open_session()


def test_retired_tasks_and_tasks_of_other_marks_are_not_drawn(open_session, rule, at, tasks):
    PracticalTask.objects.filter(subject="K3").update(retired_at=at("09:00"))
    make_task(rule, "K3", 9, at, marks=18)
    with pytest.raises(NoTask):
        open_session()
    only = make_task(rule, "K3", 8, at)
    assert open_session().drawn.get(task__subject="K3").task == only


def test_after_five_failed_practicals_there_is_no_sixth(open_session, at):
    for number in range(1, 6):
        held = open_session()
        assert held.number == number
        examine(held, at, vetoes={"K1"})
    with pytest.raises(NotEligible):
        open_session()
    assert Practical.objects.count() == 5


def test_a_passed_practical_is_not_taken_again(open_session, session, at):
    examine(session, at)
    assert not awaiting_practical().exists()
    with pytest.raises(NotEligible):
        open_session()


def test_an_exam_called_off_counts_as_no_attempt(open_session, session, officer, at):
    practicals.cancel(session_id=session.pk, reason="停电", by=officer, now=at("13:10"))
    assert practicals.cancel(session_id=session.pk, reason="", by=officer, now=at("13:11")).status == "cancelled"
    assert awaiting_practical().count() == 1
    assert open_session().number == 1

"""A wrong question: one officer proposes, another approves, results are appended and nothing is overwritten."""

from datetime import date

import pytest
from django.db import IntegrityError

from accounts.enums import Role
from exams import tasks
from exams.actions import grading, key_changes
from exams.enums import GradedFor, KeyChangeKind
from exams.models import Certificate, KeyChange, PaperSlot, Practical, Result
from exams.queries.regrades import differences
from exams.queries.released import passed_theories, without_basis
from exams.queries.reviews import review
from exams.queries.scores import scores_of
from exams.rules.breakdown import pack
from exams.rules.rekeying import BadChange
from notifications.models import Notice
from tests.exams.results_fixtures import *  # noqa: F403


@pytest.fixture
def version(released):
    """The question in slot 1 of the weaker candidate, who got it wrong."""
    return PaperSlot.objects.get(paper=released[1].paper_id, number=1).version


@pytest.fixture
def propose(version, officer, at):
    def make(kind=KeyChangeKind.VOID, detail=None, *, whole=False, **more):
        values = {"question": version.question, "version": None if whole else version, "kind": kind}
        values |= {"detail": detail or {}, "reason": "两个选项都对", "by": officer, "now": at("15:00"), **more}
        return key_changes.propose(**values)

    return make


def newest(attempt):
    return attempt.results.first()


def test_the_dry_run_lists_old_and_new_and_changes_nothing(propose, released):
    change = propose()
    (found,) = differences(change)
    assert (found.attempt, found.old.score, found.new.score) == (released[1], 3, 4)
    assert (found.old.passed, found.new.passed, found.turns) == (False, True, True)
    assert (Result.objects.count(), KeyChange.objects.get().approved_at) == (2, None)


def test_a_second_officer_approves_and_a_result_is_appended(propose, released, second_officer, at):
    change = propose()
    key_changes.approve(change_id=change.pk, by=second_officer, now=at("16:00"))
    tasks.apply_key_change(change_id=change.pk)
    old, new = released[1].results.order_by("number")
    assert (old.score, old.passed, old.reason, old.key_change) == (3, False, GradedFor.SUBMISSION, None)
    assert (new.score, new.passed, new.reason, new.key_change) == (4, True, GradedFor.REGRADE, change)
    assert released[0].results.count() == 1
    assert KeyChange.objects.get().applied_at


def test_applied_twice_appends_once(propose, released, second_officer, at):
    change = propose()
    key_changes.approve(change_id=change.pk, by=second_officer, now=at("16:00"))
    assert key_changes.apply(change_id=change.pk, now=at("16:01")) == 1
    assert key_changes.apply(change_id=change.pk, now=at("16:02")) == 0
    KeyChange.objects.update(applied_at=None)  # as if the worker died before it noted that it was done
    assert key_changes.apply(change_id=change.pk, now=at("16:03")) == 0
    assert Result.objects.count() == 3


def test_the_regrade_is_what_grading_anew_gives(propose, released, second_officer, at):
    change = propose()
    key_changes.approve(change_id=change.pk, by=second_officer, now=at("16:00"))
    tasks.carry_on_results()
    anew = scores_of(released)
    for attempt in released:
        result = newest(attempt)
        assert bytes(result.breakdown) == pack(anew[attempt.pk].slots)
        assert (result.score, result.passed) == (anew[attempt.pk].score, anew[attempt.pk].passed)


def test_later_exams_are_graded_by_the_changed_key(propose, held, candidate, version, second_officer, at):
    change = propose()
    key_changes.approve(change_id=change.pk, by=second_officer, now=at("16:00"))
    attempt = candidate(skip=(1, 2, 3, 4, 5))
    grading.grade(attempt_id=attempt.pk, now=at("17:00"))
    has_it = PaperSlot.objects.filter(paper=attempt.paper_id, version=version).exists()
    assert newest(attempt).score == (1 if has_it else 0)


def test_the_candidate_is_told_and_sees_why(propose, released, second_officer, at):
    change = propose()
    key_changes.approve(change_id=change.pk, by=second_officer, now=at("16:00"))
    tasks.apply_key_change(change_id=change.pk)
    notice = Notice.objects.get(kind="result_changed")
    assert notice.user_id == released[1].person.user_id
    first = review(released[1])[0]
    assert (first.void, first.is_right, first.awarded) == (True, True, 1)


def test_nobody_approves_their_own_proposal(propose, officer, at):
    change = propose()
    with pytest.raises(key_changes.NotAnotherOfficer):
        key_changes.approve(change_id=change.pk, by=officer, now=at("16:00"))
    with pytest.raises(IntegrityError, match="nobody_approves_their_own_key_change"):
        KeyChange.objects.update(approved_by=officer, approved_at=at("16:00"))


def test_what_is_not_approved_is_not_applied(propose, at):
    change = propose()
    assert key_changes.apply(change_id=change.pk, now=at("16:00")) == 0
    assert Result.objects.count() == 2


def test_a_refused_proposal_is_not_approved_and_an_approved_one_not_refused(propose, officer, second_officer, at):
    refused, approved = propose(), propose()
    key_changes.refuse(change_id=refused.pk, by=officer, now=at("16:00"))
    with pytest.raises(key_changes.Decided):
        key_changes.approve(change_id=refused.pk, by=second_officer, now=at("16:01"))
    key_changes.approve(change_id=approved.pk, by=second_officer, now=at("16:01"))
    with pytest.raises(key_changes.Decided):
        key_changes.refuse(change_id=approved.pk, by=officer, now=at("16:02"))


def test_only_officers_propose_and_approve(propose, staff, at):
    author = staff(Role.QUESTION_AUTHOR)
    with pytest.raises(key_changes.NotAnOfficer):
        propose(by=author)
    with pytest.raises(key_changes.NotAnOfficer):
        key_changes.approve(change_id=propose().pk, by=author, now=at("16:00"))


def test_a_proposal_has_a_reason_and_fits_its_question(propose):
    with pytest.raises(key_changes.NeedsReason):
        propose(reason=" ")
    with pytest.raises(BadChange):
        propose(KeyChangeKind.NEW_KEY, {"right": [9]})
    with pytest.raises(BadChange):
        propose(KeyChangeKind.NEW_KEY, {"right": [0]}, whole=True)
    assert not KeyChange.objects.exists()


def test_a_new_key_turns_right_into_wrong_and_wrong_into_right(propose, version, released, second_officer, at):
    right = version.options.get(is_right=True).position
    other = version.options.exclude(is_right=True).first().position
    change = propose(KeyChangeKind.NEW_KEY, {"right": [other]})
    turned = {one.attempt: one.new.score - one.old.score for one in differences(change)}
    had = {attempt: PaperSlot.objects.filter(paper=attempt.paper_id, version=version).exists() for attempt in released}
    assert turned.get(released[0], 0) == (-1 if had[released[0]] else 0)
    assert turned[released[1]] == 1
    assert right != other


def test_a_void_of_the_question_concerns_every_version(propose, released):
    assert [one.attempt for one in differences(propose(whole=True))] == [released[1]]


def test_a_certificate_that_loses_its_basis_is_listed_and_not_revoked(released, officer, second_officer, at):
    good = released[0]
    day = {"issued_on": date(2026, 11, 24), "valid_until": date(2032, 11, 23)}
    rule, who = good.admission.sitting.rule, {"person": good.person, "theory": good}
    marks = {"number": 1, "veto": False, "score": 90, "passed": True, "taken_at": at("14:00")}
    practical = Practical.objects.create(rule=rule, examiner=officer, **who, **marks)
    certificate = Certificate.objects.create(
        code="7F3K9MPQ2XY1", number="T1", rule=rule, practical=practical, **who, **day
    )
    assert not without_basis().exists()
    for slot in good.paper.slots.filter(number__in=(1, 2)).select_related("version__question"):
        other = slot.version.options.exclude(is_right=True).first().position
        change = key_changes.propose(
            question=slot.version.question,
            version=slot.version,
            kind=KeyChangeKind.NEW_KEY,
            detail={"right": [other]},
            reason="答案错",
            by=officer,
            now=at("15:00"),
        )
        key_changes.approve(change_id=change.pk, by=second_officer, now=at("16:00"))
    tasks.carry_on_results()
    assert (newest(good).score, newest(good).passed, newest(good).number) == (3, False, 3)
    assert without_basis().get() == certificate
    assert Certificate.objects.get().revoked_at is None
    assert not passed_theories().filter(pk=good.pk).exists()

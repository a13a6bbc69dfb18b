"""Appeals against a released result."""

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import Role
from exams import personal
from exams.actions import answers, appeals, grading
from exams.enums import AppealState, GradedFor
from exams.models import Appeal, Attempt, PaperSlot, Result
from exams.queries.appeals import appeals_to_work_on, late_effect, open_until
from exams.queries.papers import key_of
from notifications.models import Notice
from tests.exams.results_fixtures import *  # noqa: F403


@pytest.fixture
def weak(released):
    return released[1]


@pytest.fixture
def doubt(weak, at):
    return appeals.appeal(attempt_id=weak.pk, slot=1, reason="两个选项都对", by=weak.person, now=at("14:00"))


@pytest.fixture
def late(held, candidate, officer, at):
    """A released candidate whose last answer, the right one to question 5, arrived after the grace."""
    from exams.actions import releasing

    attempt = candidate(skip=(4, 5))
    attempt.refresh_from_db()
    change = answers.Change(5, key_of(attempt.paper_id)[5], False, 9)
    with pytest.raises(answers.TooLate):
        answers.save(attempt_id=attempt.pk, lease=attempt.lease, change=change, now=at("11:01"))
    grading.grade_waiting(now=at("12:00"))
    releasing.release(sitting_id=held.pk, by=officer, now=at("13:00"))
    return Attempt.objects.get(pk=attempt.pk)


def decide(appeal, by, at, **how):
    how = {"upheld": True, "answer": "题目确实有误，已提出作废。", "accepts_late": False, **how}
    return appeals.decide(appeal_id=appeal.pk, by=by, now=at("16:00"), **how)


def test_another_officer_answers_and_the_candidate_is_told(doubt, weak, second_officer, at):
    decided = decide(doubt, second_officer, at)
    assert (decided.state, decided.decided_by, decided.decided_at) == (AppealState.UPHELD, second_officer, at("16:00"))
    notice = Notice.objects.get(kind="appeal_decided")
    assert (notice.user_id, notice.link) == (weak.person.user_id, f"/exams/attempts/{weak.pk}/result/")
    assert Result.objects.count() == 2  # an answer alone changes no score


def test_who_released_the_result_does_not_decide(doubt, officer, at):
    with pytest.raises(appeals.Refused):
        decide(doubt, officer, at)
    assert Appeal.objects.get().state == AppealState.OPEN


def test_who_wrote_or_approved_the_question_does_not_decide(doubt, weak, second_officer, at):
    version = PaperSlot.objects.get(paper=weak.paper_id, number=1).version
    version.approved_by = second_officer
    version.save()
    with pytest.raises(appeals.Refused):
        decide(doubt, second_officer, at)


def test_nobody_decides_on_their_own_appeal(doubt, weak, second_officer, at):
    weak.person.user = second_officer
    weak.person.save()
    with pytest.raises(appeals.Refused):
        decide(doubt, second_officer, at)


def test_only_an_officer_decides(doubt, staff, at):
    with pytest.raises(appeals.NotAnOfficer):
        decide(doubt, staff(Role.EXAMINER), at)


def test_an_appeal_is_decided_once_and_with_words(doubt, second_officer, at):
    with pytest.raises(appeals.NeedsWords):
        decide(doubt, second_officer, at, answer=" ")
    decide(doubt, second_officer, at, upheld=False)
    with pytest.raises(appeals.AlreadyDecided):
        decide(doubt, second_officer, at)
    assert Appeal.objects.get().state == AppealState.REJECTED


def test_an_appeal_is_taken_until_its_days_are_over(weak, at):
    assert open_until(weak) == at("133:00")  # five days after 13:00
    with pytest.raises(appeals.Refused):
        appeals.appeal(attempt_id=weak.pk, slot=None, reason="?", by=weak.person, now=at("133:00:01"))
    assert appeals.appeal(attempt_id=weak.pk, slot=None, reason="?", by=weak.person, now=at("133:00"))


def test_one_appeal_a_question_and_one_about_the_whole(doubt, weak, at):
    how = {"attempt_id": weak.pk, "reason": "?", "by": weak.person, "now": at("14:01")}
    with pytest.raises(appeals.AlreadyAppealed):
        appeals.appeal(slot=1, **how)
    appeals.appeal(slot=None, **how)
    with pytest.raises(appeals.AlreadyAppealed):
        appeals.appeal(slot=None, **how)
    with transaction.atomic(), pytest.raises(IntegrityError):
        Appeal.objects.create(attempt=weak, reason="?", appealed_at=at("14:02"))


def test_there_is_no_appeal_before_the_release_nor_of_others_nor_about_no_question(held, candidate, released, at):
    waiting = candidate()
    grading.grade_waiting(now=at("10:40"))
    held.released_at = None
    held.save()
    with pytest.raises(appeals.NotReleased):
        appeals.appeal(attempt_id=waiting.pk, slot=None, reason="?", by=waiting.person, now=at("14:00"))
    held.released_at = at("13:00")
    held.save()
    for who, slot, words in ((released[0].person, None, "?"), (waiting.person, 99, "?")):
        with pytest.raises(Attempt.DoesNotExist):
            appeals.appeal(attempt_id=waiting.pk, slot=slot, reason=words, by=who, now=at("14:00"))
    with pytest.raises(appeals.NeedsWords):
        appeals.appeal(attempt_id=waiting.pk, slot=None, reason=" ", by=waiting.person, now=at("14:00"))


def test_late_answers_count_once_a_second_officer_confirms(late, officer, second_officer, third_officer, at):
    appeal = appeals.appeal(attempt_id=late.pk, slot=None, reason="断网", by=late.person, now=at("14:00"))
    effect = late_effect(late)
    assert (effect.old, effect.new, effect.old_passed, effect.new_passed) == (3, 4, False, True)
    decide(appeal, second_officer, at, accepts_late=True)
    assert late.results.count() == 1
    for wrong in (second_officer, officer):  # who decided; who released
        with pytest.raises(appeals.Refused):
            appeals.confirm(appeal_id=appeal.pk, by=wrong, now=at("17:00"))
    for _ in range(2):
        appeals.confirm(appeal_id=appeal.pk, by=third_officer, now=at("17:00"))
    old, new = late.results.order_by("number")
    assert (old.score, new.score, new.passed, new.reason) == (3, 4, True, GradedFor.APPEAL)
    assert Notice.objects.get(kind="result_changed").user_id == late.person.user_id


def test_late_answers_count_only_by_an_upheld_appeal_and_where_there_are_any(
    late, doubt, second_officer, third_officer, at
):
    appeal = appeals.appeal(attempt_id=late.pk, slot=None, reason="断网", by=late.person, now=at("14:00"))
    with pytest.raises(appeals.NothingToConfirm):
        decide(appeal, second_officer, at, upheld=False, accepts_late=True)
    with pytest.raises(appeals.NothingToConfirm):
        decide(doubt, second_officer, at, accepts_late=True)
    decide(appeal, second_officer, at)
    with pytest.raises(appeals.NothingToConfirm):
        appeals.confirm(appeal_id=appeal.pk, by=third_officer, now=at("17:00"))
    assert late.results.count() == 1


def test_open_appeals_come_first(doubt, weak, second_officer, at):
    later = appeals.appeal(attempt_id=weak.pk, slot=2, reason="?", by=weak.person, now=at("15:00"))
    decide(doubt, second_officer, at)
    assert list(appeals_to_work_on()) == [later, doubt]


def test_ones_own_appeals_are_in_the_copy_of_ones_data(doubt, weak):
    (row,) = personal.rows(weak.person.user)["appeals"]
    assert (row["slot"], row["reason"]) == (1, "两个选项都对")


def test_a_candidate_appeals_on_the_result_page(client, weak, monkeypatch, at):
    monkeypatch.setattr("core.middleware.timezone.now", lambda: at("14:00"))
    client.force_login(weak.person.user)
    reply = client.post(f"/exams/attempts/{weak.pk}/appeal/", {"slot": "2", "reason": "题干不清"}, follow=True)
    assert "题干不清" in reply.content.decode()
    assert Appeal.objects.get().slot == 2
    client.post(f"/exams/attempts/{weak.pk}/appeal/", {"slot": "2", "reason": "再来"})
    client.post(f"/exams/attempts/{weak.pk}/appeal/", {"slot": "x", "reason": ""})
    assert client.post(f"/exams/attempts/{weak.pk}/appeal/", {"slot": "99", "reason": "?"}).status_code == 404
    assert Appeal.objects.count() == 1


def test_after_the_days_the_page_says_so_and_takes_none(client, weak, monkeypatch, at):
    monkeypatch.setattr("core.middleware.timezone.now", lambda: at("140:00"))
    client.force_login(weak.person.user)
    page = client.get(f"/exams/attempts/{weak.pk}/result/").content.decode()
    assert "<textarea" not in page
    client.post(f"/exams/attempts/{weak.pk}/appeal/", {"reason": "?"})
    assert not Appeal.objects.exists()

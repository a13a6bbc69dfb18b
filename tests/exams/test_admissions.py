"""Seats, eligibility and the frozen paper."""

import pytest

from exams.actions.admissions import NotEligible, RoomFull, admit
from exams.enums import AttemptStatus
from exams.models import Admission, Option, Paper


def test_admission_draws_the_paper_and_schedules_the_attempt(sitting, person, at):
    admission = admit(sitting=sitting, person=person, by=None, now=at("08:30"))
    assert admission.seat == 1
    assert admission.attempt.status == AttemptStatus.SCHEDULED
    assert list(admission.attempt.paper.slots.values_list("number", "kind")) == [
        (1, "true_false"), (2, "true_false"), (3, "true_false"), (4, "single_choice"), (5, "single_choice"),
    ]  # fmt: skip


def test_admission_again_returns_the_same_seat(sitting, person, at):
    first = admit(sitting=sitting, person=person, by=None, now=at("08:30"))
    assert admit(sitting=sitting, person=person, by=None, now=at("08:31")) == first
    assert Paper.objects.count() == 1


def test_the_third_person_finds_a_room_of_two_full(sitting, make_person, at):
    for _ in range(2):
        admit(sitting=sitting, person=make_person(), by=None, now=at("08:30"))
    with pytest.raises(RoomFull):
        admit(sitting=sitting, person=make_person(), by=None, now=at("08:30"))
    assert Admission.objects.count() == 2


def test_a_person_under_eighteen_is_not_admitted(sitting, make_person, at):
    with pytest.raises(NotEligible):
        admit(sitting=sitting, person=make_person(born="20081124"), by=None, now=at("08:30"))
    assert not Paper.objects.exists()


def test_every_paper_question_has_exactly_one_right_option(attempt):
    for slot in attempt.paper.slots.all():
        assert Option.objects.filter(version=slot.version, is_right=True).count() == 1

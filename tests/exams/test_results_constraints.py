"""What the database itself refuses about appeals, changes of keys and hints."""

import pytest
from django.db import IntegrityError, transaction

from exams.enums import AppealState, HintKind, KeyChangeKind
from exams.models import AnomalyHint, Appeal, KeyChange
from tests.exams.results_fixtures import *  # noqa: F403


def refused(make, name):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make()
    assert name in str(error.value) or "UNIQUE" in str(error.value)


@pytest.fixture
def question(blueprint):
    return blueprint.operation.knowledge_points.get().questions.select_related("current").first()


def test_an_appeal_is_decided_by_somebody_at_some_time(attempt, officer, at):
    base = {"attempt": attempt, "reason": "?", "appealed_at": at("14:00")}
    name = "an_appeal_is_open_or_decided_by_somebody"
    refused(lambda: Appeal.objects.create(**base, state=AppealState.UPHELD), name)
    refused(lambda: Appeal.objects.create(**base, decided_by=officer, decided_at=at("15:00")), name)


def test_late_answers_need_an_upheld_appeal_and_another_officer(attempt, officer, second_officer, at):
    base = {"attempt": attempt, "reason": "?", "appealed_at": at("14:00"), "decided_by": officer}
    base |= {"decided_at": at("15:00")}
    late = {"accepts_late": True, "confirmed_at": at("16:00")}
    refused(
        lambda: Appeal.objects.create(**base, state=AppealState.REJECTED, accepts_late=True),
        "only_an_upheld_appeal_accepts_late_answers",
    )
    name = "nobody_confirms_their_own_decision"
    refused(lambda: Appeal.objects.create(**base, state=AppealState.UPHELD, confirmed_by=officer, **late), name)
    refused(lambda: Appeal.objects.create(**base, state=AppealState.UPHELD, confirmed_by=second_officer), name)
    assert Appeal.objects.create(**base, state=AppealState.UPHELD, confirmed_by=second_officer, **late)


def test_one_appeal_a_question(attempt, at):
    base = {"attempt": attempt, "reason": "?", "appealed_at": at("14:00"), "slot": 1}
    Appeal.objects.create(**base)
    refused(lambda: Appeal.objects.create(**base), "one_appeal_per_question")


def test_a_key_change_is_approved_by_another_and_not_refused_too(question, officer, second_officer, at):
    base = {"question": question, "reason": "?", "proposed_by": officer, "proposed_at": at("14:00")}
    base |= {"version": question.current, "kind": KeyChangeKind.VOID}
    create = KeyChange.objects.create
    own = {"approved_by": officer, "approved_at": at("15:00")}
    others = {"approved_by": second_officer, "approved_at": at("15:00")}
    refused(lambda: create(**base, **own), "nobody_approves_their_own_key_change")
    refused(lambda: create(**base, **others, refused_at=at("16:00")), "a_key_change_is_approved_or_refused")
    refused(lambda: create(**base, applied_at=at("16:00")), "only_an_approved_key_change_is_applied")
    assert create(**base, **others, applied_at=at("16:00"))


def test_only_a_void_concerns_every_version(question, officer, at):
    base = {"question": question, "reason": "?", "proposed_by": officer, "proposed_at": at("14:00")}
    name = "only_a_void_concerns_every_version"
    refused(lambda: KeyChange.objects.create(**base, kind=KeyChangeKind.NEW_KEY, detail={"right": [0]}), name)
    assert KeyChange.objects.create(**base, kind=KeyChangeKind.VOID)


def test_one_hint_of_a_kind_about_an_attempt_and_a_note_by_who_looked(attempt, officer, at):
    base = {"sitting": attempt.admission.sitting, "attempt": attempt, "kind": HintKind.SPEED, "found_at": at("14:00")}
    hint = AnomalyHint.objects.create(**base)
    refused(lambda: AnomalyHint.objects.create(**base), "one_hint_per_attempt")
    hint.looked_at = at("15:00")
    refused(hint.save, "who_looked_at_a_hint_left_a_note")
    hint.looked_at_by = officer
    refused(hint.save, "who_looked_at_a_hint_left_a_note")
    hint.note = "seen"
    hint.save()

"""What stands for or against an application, predicate by predicate."""

from datetime import date

import pytest
from django.utils.translation import override

from exams.enums import ApplicationKind, Education, Post
from exams.rules import standing
from exams.rules.standing import Facts

DAY = date(2026, 11, 23)


def facts(**known) -> Facts:
    usual = {"day": DAY, "kind": ApplicationKind.FIRST, "born": date(1990, 3, 7), "sex": "male", "minimum_age": 18}
    return Facts(**usual | {"health_declared": True, "trained": True} | known)


def against(**known) -> list[str]:
    with override("en"):
        return [str(check.reason) for check in standing.checks(facts(**known)) if not check.met]


@pytest.mark.parametrize(
    ("known", "reasons"),
    [
        ({}, []),
        ({"born": date(2008, 11, 24)}, ["A candidate must be at least 18 years old."]),
        ({"born": date(2008, 11, 23)}, []),
        ({"born": date(1965, 1, 15)}, ["The statutory retirement age was reached on 2025-02-15."]),
        ({"trained": False}, ["Finish the training course of this operation first."]),
        ({"trained": False, "record_given": True}, []),
        ({"trained": False, "waiver_claimed": True, "waiver_possible": True}, []),
        (
            {"trained": False, "waiver_claimed": True, "waiver_possible": False},
            ["Finish the training course of this operation first."],
        ),
        ({"health_declared": False}, ["Sign the health declaration."]),
        ({"education_needed": Education.JUNIOR_SECONDARY, "education": Education.SENIOR_SECONDARY}, []),
        (
            {"education_needed": Education.SENIOR_SECONDARY, "education": Education.JUNIOR_SECONDARY},
            ["This operation asks for: Senior secondary school."],
        ),
        ({"attempts_used": 99}, []),
        ({"attempts_used": 1, "attempts_allowed": 2}, []),
        ({"attempts_used": 2, "attempts_allowed": 2}, ["All attempts allowed by the rules are used."]),
        (
            {"theory_counts_until": date(2027, 1, 1)},
            ["The theory you passed counts until 2027-01-01. The practical exam is next."],
        ),
        ({"running": True}, ["You have an application for this operation already."]),
        ({"held_until": date(2030, 1, 1)}, ["You hold this certificate; it is valid until 2030-01-01."]),
        (
            {"kind": ApplicationKind.RENEWAL},
            ["You hold no valid certificate of this operation that could be renewed."],
        ),
        ({"kind": ApplicationKind.RENEWAL, "held_until": date(2030, 1, 1)}, []),
        (
            {"kind": ApplicationKind.RENEWAL, "held_until": date(2027, 1, 31), "renewal_opens_days": 60},
            ["The renewal opens on 2026-12-02."],
        ),
        ({"kind": ApplicationKind.RENEWAL, "held_until": date(2027, 1, 22), "renewal_opens_days": 60}, []),
        ({"kind": ApplicationKind.ADDED_OPERATION}, ["You hold no valid certificate of another operation."]),
        ({"kind": ApplicationKind.ADDED_OPERATION, "holds_another": True}, []),
    ],
)
def test_each_predicate_says_its_reason(known, reasons):
    assert against(**known) == reasons


def test_a_woman_may_say_that_she_holds_another_post_and_then_retires_later():
    woman = {"born": date(1974, 6, 1), "sex": "female"}
    (check,) = [check for check in standing.checks(facts(**woman)) if not check.met]
    assert check.step == "details"
    assert against(**woman, post=Post.STAFF) == []


@pytest.mark.parametrize(
    ("known", "kinds"),
    [
        ({}, ["photo", "identity"]),
        ({"trained": False}, ["photo", "identity", "training"]),
        ({"trained": False, "hours_needed": 0}, ["photo", "identity"]),
        (
            {"education_needed": Education.JUNIOR_SECONDARY, "waiver_claimed": True, "waiver_possible": True},
            ["photo", "identity", "education", "skill_certificate"],
        ),
    ],
)
def test_which_documents_are_asked_for(known, kinds):
    assert list(standing.documents_needed(facts(**known))) == kinds

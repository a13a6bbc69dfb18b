"""What the database refuses of practical exams and their sheets."""
# ruff: noqa: F811  (fixtures are imported by name)

import pytest
from django.db import IntegrityError

from exams.models import Practical, PracticalSession, ScoreSheet
from tests.exams.practical_fixtures import (  # noqa: F401
    GOOD,
    examine,
    examiners,
    make_examiner,
    mark,
    open_session,
    passed,
    session,
    sheet_at,
    tasks,
)


def broken(session, at):
    sheet = sheet_at(session, 1)
    sheets, sessions = ScoreSheet.objects.filter(pk=sheet.pk), PracticalSession.objects.filter(pk=session.pk)
    return {
        "a veto passes": lambda: Practical.objects.update(veto=True),
        "unsigned": lambda: sheets.update(signed_as=""),
        "two at once": lambda: sessions.update(status="open", practical=None, decided_at=None),
        "undecided with outcome": lambda: sessions.update(status="third"),
        "released before decided": lambda: sessions.update(status="third", practical=None, decided_at=None),
        "ends before it began": lambda: sheets.update(finished_at=at("13:00")),
        "withdrawn after handing in": lambda: sheets.update(withdrawn_at=at("15:00")),
        "over a hundred": lambda: sheets.update(total=101),
        "examines twice": lambda: sheets.update(examiner=sheet_at(session, 2).examiner),
        "two sheets in a place": lambda: sheets.update(place=2),
        "cancelled without a reason": lambda: PracticalSession.objects.filter(number=2).update(status="cancelled"),
        "the same number again": lambda: PracticalSession.objects.filter(number=2).update(number=1),
    }


@pytest.mark.parametrize(
    "what",
    [
        "a veto passes",
        "unsigned",
        "two at once",
        "undecided with outcome",
        "released before decided",
        "ends before it began",
        "withdrawn after handing in",
        "over a hundred",
        "examines twice",
        "two sheets in a place",
        "cancelled without a reason",
        "the same number again",
    ],
)
def test_the_database_refuses(open_session, session, at, what):
    if what in ("two at once", "cancelled without a reason", "the same number again"):
        examine(session, at, dict.fromkeys(GOOD, 0))
        PracticalSession.objects.update(released_at=None)
        open_session()
    else:
        examine(session, at)
    with pytest.raises(IntegrityError):
        broken(session, at)[what]()

"""What a candidate and an examiner read of a practical exam in their own data."""
# ruff: noqa: F811  (fixtures are imported by name)

from datetime import date

import pytest

from exams.enums import ReleasePolicy
from exams.models import PracticalSession, Sitting
from exams.personal import LABELS, holds, rows
from tests.exams.practical_fixtures import (  # noqa: F401
    GOOD,
    examine,
    examiners,
    make_examiner,
    mark,
    open_session,
    passed,
    picture,
    session,
    sheet_at,
    tasks,
)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_the_candidate_reads_the_outcome_once_it_is_released(session, person, at):
    from exams.actions import practical_evidence

    Sitting.objects.update(release_policy=ReleasePolicy.BY_OFFICER, released_at=at("12:00"))
    sheet = sheet_at(session, 1)
    practical_evidence.add_photo(sheet_id=sheet.pk, position=1, data=picture(), by=sheet.examiner, now=at("13:30"))
    examine(session, at)
    before = rows(person.user)
    assert [len(before[name]) for name in ("practical_sessions", "practicals", "practical_marks")] == [1, 0, 0]
    assert before["practical_photos"] == []
    PracticalSession.objects.update(released_at=at("15:00"))
    after = rows(person.user)
    assert after["practicals"][0]["score"] == 90
    assert [row["marks"] for row in after["practical_marks"]] == [18, 36, 18, 18]
    assert after["practical_photos"][0]["file"].name.startswith("practicals/evidence/")
    assert "score_sheets" not in after


def test_the_examiner_reads_their_sheets_and_nothing_of_the_candidate(session, examiners, person, at):
    mark(session, 1, at)
    found = rows(examiners[0])
    assert found["score_sheets"][0]["signed_name"] == "王考评"
    assert person.name not in str(found)
    assert rows(examiners[2]) == {}


def test_every_column_has_a_name(session, person, examiners, at):
    examine(session, at, GOOD)
    for user in (person.user, examiners[0]):
        for table, lines in rows(user).items():
            assert table in LABELS
            assert {column for line in lines for column in line} <= LABELS.keys()


def test_the_law_holds_a_practical_for_six_years(session, person, at):
    examine(session, at)
    assert sorted(hold.until for hold in holds(person.user)) == [date(2032, 11, 23), date(2032, 11, 23)]

"""Races of a practical exam on PostgreSQL: real connections, real locks."""
# ruff: noqa: F811  (fixtures are imported by name)

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from accounts.enums import Role
from exams.actions import practical_evidence, practicals, score_sheets
from exams.actions.score_sheets import Entry, SheetClosed
from exams.models import EvidencePhoto, ItemMark, Practical, PracticalMark, PracticalSession, ScoreSheet
from exams.queries.score_sheets import filled
from tests.exams.conftest import *  # noqa: F403  (the small exam)
from tests.exams.practical_fixtures import (  # noqa: F401
    GOOD,
    drawn_signature,
    examiners,
    fill,
    hand_in,
    make_examiner,
    mark,
    open_session,
    passed,
    picture,
    sheet_at,
    tasks,
)
from tests.services.test_races import on_own_connection

AT_ONCE = 8


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def together(*work):
    """Run all at the same moment, each on its own connection; return what each returned or raised."""
    gate = threading.Barrier(len(work))

    @on_own_connection
    def run(one):
        gate.wait()
        try:
            return one()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(run, work))


def test_two_sheets_at_once_give_one_outcome(services, transactional_db, open_session, at):
    for number in range(1, 6):
        held = open_session()
        sheets = [sheet_at(held, place) for place in (1, 2)]
        for sheet in sheets:
            fill(sheet, {**GOOD, "K2": 20}, at)  # 74: not passed, so that there is a next
        together(*(lambda sheet=sheet: hand_in(sheet, at) for sheet in sheets))
        held.refresh_from_db()
        assert (held.status, held.practical.score, Practical.objects.count()) == ("decided", 74, number)
        assert PracticalMark.objects.filter(practical=held.practical).count() == 4


def test_one_sheet_handed_in_many_times_at_once_is_closed_once(services, transactional_db, open_session, at, media):
    sheet = sheet_at(open_session(), 1)
    fill(sheet, GOOD, at)
    png = drawn_signature()
    done = together(*(lambda: hand_in(sheet, at, name="", png=png) for _ in range(AT_ONCE)))
    assert {row.signature.name for row in done} == {ScoreSheet.objects.get(pk=sheet.pk).signature.name}
    assert len(list(media.glob("practicals/signatures/*"))) == 1


def test_two_who_differ_call_for_a_third_once(services, transactional_db, open_session, examiners, at):
    held = open_session()
    fill(sheet_at(held, 1), GOOD, at)
    fill(sheet_at(held, 2), {**GOOD, "K2": 0}, at)
    together(*(lambda place=place: hand_in(sheet_at(held, place), at) for place in (1, 2)))
    held.refresh_from_db()
    assert (held.status, Practical.objects.count()) == ("third", 0)
    called = together(
        *(
            lambda by=by: (
                practicals.call_third(session_id=held.pk, examiner=examiners[2].pk, by=by, now=at("14:20")).place
            )
            for by in (examiners[0], examiners[1]) * 3
        )
    )
    assert [one for one in called if one == 3] == [3]
    assert held.sheets.filter(place=3).count() == 1


def test_an_exam_opened_by_two_at_once_is_one(services, transactional_db, open_session, examiners):
    opened = together(*(lambda by=by: open_session(by=by) for by in (examiners[0], examiners[1]) * 4))
    assert sum(isinstance(one, PracticalSession) for one in opened) == 1
    assert sum(isinstance(one, practicals.AlreadyOpen) for one in opened) == AT_ONCE - 1
    assert (PracticalSession.objects.count(), ScoreSheet.objects.count()) == (1, 2)


def test_entries_at_once_keep_the_highest_sequence(services, transactional_db, open_session, at):
    sheet = sheet_at(open_session(), 1)

    def save(seq):
        return score_sheets.save(
            sheet_id=sheet.pk, by=sheet.examiner, entries=[Entry(1, str(seq % 10), False, seq)], now=at("13:30")
        )[1]

    held = together(*(lambda seq=seq: save(seq) for seq in range(1, AT_ONCE + 1)))
    assert all(ack >= seq for seq, ack in enumerate(held, 1))
    assert ItemMark.objects.values_list("marks", "seq").get() == (AT_ONCE, AT_ONCE)


def test_what_is_acknowledged_while_handing_in_is_in_the_total(services, transactional_db, open_session, at):
    sheet = sheet_at(open_session(), 1)
    fill(sheet, GOOD, at)
    slots = [item.slot for task in filled(sheet).tasks for item in task.items]

    def save(slot):
        entries = [Entry(slot, "0", False, 1000 + slot)]
        return score_sheets.save(sheet_id=sheet.pk, by=sheet.examiner, entries=entries, now=at("13:40"))

    done = together(lambda: hand_in(sheet, at), *(lambda slot=slot: save(slot) for slot in slots))
    assert all(isinstance(one, (dict, ScoreSheet, SheetClosed)) for one in done)
    stored = ScoreSheet.objects.get(pk=sheet.pk)
    assert stored.total == filled(stored).total


def test_an_exam_is_called_off_or_handed_in_never_both(services, transactional_db, open_session, staff, at):
    held = open_session()
    officer = staff(Role.EXAM_OFFICER)
    fill(sheet_at(held, 1), GOOD, at)
    together(
        lambda: hand_in(sheet_at(held, 1), at),
        lambda: practicals.cancel(session_id=held.pk, reason="停电", by=officer, now=at("14:10")),
    )
    held.refresh_from_db()
    assert (held.status == "cancelled") != (sheet_at(held, 1).submitted_at is not None)


def test_the_same_photo_sent_many_times_at_once_is_one(services, transactional_db, open_session, at, media):
    sheet = sheet_at(open_session(), 1)

    def add():
        return practical_evidence.add_photo(
            sheet_id=sheet.pk, position=1, data=picture(), by=sheet.examiner, now=at("13:30")
        )

    kept = together(*(add for _ in range(AT_ONCE)))
    assert len({photo.pk for photo in kept}) == EvidencePhoto.objects.count() == 1
    assert len(list(media.glob("practicals/evidence/*"))) == 1

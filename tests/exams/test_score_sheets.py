"""An examiner's sheet: what is kept, what closes it, photos and signatures."""
# ruff: noqa: F811  (fixtures are imported by name)

import base64
import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from PIL import Image

from accounts.enums import Role
from exams.actions import practical_evidence as photos
from exams.actions import practicals, score_sheets
from exams.enums import PracticalStatus
from exams.models import EvidencePhoto, ItemMark, Practical, ScoreSheet, VetoMark
from exams.models.score_sheets import SheetSubmitted
from exams.queries.practicals import may_compare
from exams.queries.score_sheets import filled, sheet_of
from exams.rules.evidence import signature
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
    session,
    sheet_at,
    tasks,
)

GPS = 0x8825


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def sheet(session):
    return sheet_at(session, 1)


def entry(slot=1, response="9", marked=False, seq=1):
    return score_sheets.Entry(slot, response, marked, seq)


def save(sheet, at, *entries, by=None):
    return score_sheets.save(sheet_id=sheet.pk, by=by or sheet.examiner, entries=entries, now=at("13:30"))


def files(kind="*") -> int:
    return len(list(Path(settings.MEDIA_ROOT).glob(f"practicals/{kind}/*")))


def test_marks_and_vetoes_are_kept_and_summed(sheet, at):
    assert save(sheet, at, entry(1, "9"), entry(2, "10", seq=2), entry(3, "碰了端子", True, 3)) == {1: 1, 2: 2, 3: 3}
    first = filled(sheet).tasks[0]
    assert [item.marks for item in first.items] == [9, 10]
    assert (first.marks, first.full, first.vetoes[0].seen, first.vetoes[0].note) == (19, 20, True, "碰了端子")
    sheet.refresh_from_db()
    assert sheet.begun_at == at("13:30")


def test_the_newest_counts_whatever_the_order_of_arrival(sheet, at):
    save(sheet, at, entry(1, "9", seq=5))
    assert save(sheet, at, entry(1, "3", seq=4)) == {1: 5}
    assert save(sheet, at, entry(1, "9", seq=5)) == {1: 5}
    assert save(sheet, at, entry(1, "2", seq=7), entry(1, "4", seq=6)) == {1: 7}
    assert ItemMark.objects.values_list("marks", "seq").get() == (2, 7)


def test_a_mark_can_be_taken_back(sheet, at):
    save(sheet, at, entry(1, "9"), entry(1, "", seq=2))
    assert ItemMark.objects.get().marks is None
    assert filled(sheet).tasks[0].open_items == 2


@pytest.mark.parametrize("response", ["11", "-1", "1.5", "x", "٣", "010", " 9"])
def test_marks_that_do_not_fit_store_nothing(sheet, at, response):
    with pytest.raises(score_sheets.InvalidEntry):
        save(sheet, at, entry(2, "5"), entry(1, response, seq=2))
    assert not ItemMark.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"slot": 0},
        {"slot": True},
        {"slot": "1"},
        {"seq": 0},
        {"seq": 2_000_000_001},
        {"marked": 1},
        {"response": None},
        {"response": "x" * 301},
        {"response": "\x00"},
    ],
)
def test_what_is_no_entry_is_refused(fields):
    with pytest.raises(score_sheets.InvalidEntry):
        entry(**fields)


def test_a_slot_that_is_not_on_the_sheet_is_refused(sheet, at):
    with pytest.raises(score_sheets.InvalidEntry):
        save(sheet, at, entry(13))


def test_the_sheet_of_another_is_not_found(sheet, examiners, at):
    with pytest.raises(ScoreSheet.DoesNotExist):
        save(sheet, at, entry(), by=examiners[1])
    assert sheet_of(examiners[1], sheet.pk) is None
    assert sheet_of(examiners[0], sheet.pk) == sheet


def test_a_page_opened_now_counts_on_above_what_an_offline_tablet_may_hold(sheet, at):
    assert filled(sheet).next_seq(at("13:10")) == 6001
    save(sheet, at, entry(1, "9", seq=9000))
    assert filled(sheet).next_seq(at("13:10")) == 9001


def test_a_whole_sheet_costs_six_queries(sheet, at, django_assert_num_queries):
    with django_assert_num_queries(6):
        filled(sheet)


def test_handing_in_closes_the_sheet_once_and_for_good(sheet, at):
    fill(sheet, GOOD, at)
    closed = hand_in(sheet, at)
    assert (closed.total, closed.submitted_at, closed.signed_name) == (90, at("14:10"), "王考评")
    again = hand_in(sheet, at, name="somebody else", now="15:00")
    assert (again.submitted_at, again.signed_name) == (at("14:10"), "王考评")
    with pytest.raises(score_sheets.SheetClosed):
        save(sheet, at, entry(1, "0", seq=99999))
    stored = ScoreSheet.objects.get(pk=sheet.pk)
    stored.total = 100
    with pytest.raises(SheetSubmitted):
        stored.save()
    assert ScoreSheet.objects.get(pk=sheet.pk).total == 90


def test_what_is_missing_is_named(sheet, at):
    with pytest.raises(score_sheets.NotComplete) as lacking:
        hand_in(sheet, at)
    assert lacking.value.missing == ["K1", "K2", "K3", "K4"]
    fill(sheet, GOOD, at)
    save(sheet, at, entry(3, "  ", True, 999))
    with pytest.raises(score_sheets.NotComplete) as lacking:
        hand_in(sheet, at)
    assert (lacking.value.missing, lacking.value.unexplained) == ([], ["K1"])
    assert ScoreSheet.objects.get(pk=sheet.pk).submitted_at is None


def test_times_that_do_not_fit_are_refused(sheet, at):
    fill(sheet, GOOD, at)
    for finished in ("13:05", "14:13"):
        with pytest.raises(score_sheets.WrongTimes):
            hand_in(sheet, at, finished=finished)


@pytest.mark.parametrize("how", [{"name": ""}, {"name": "  "}, {"proved": False}])
def test_without_a_signature_nothing_is_handed_in(sheet, at, how):
    fill(sheet, GOOD, at)
    with pytest.raises(score_sheets.NotSigned):
        hand_in(sheet, at, **how)
    assert ScoreSheet.objects.get(pk=sheet.pk).submitted_at is None


def test_a_drawn_signature_is_kept_once_as_a_grey_picture(sheet, at):
    fill(sheet, GOOD, at)
    png = signature("data:image/png;base64," + base64.b64encode(drawn_signature()).decode())
    closed = hand_in(sheet, at, name="", png=png)
    hand_in(sheet, at, name="", png=png)
    assert (closed.signed_as, files("signatures")) == ("drawn", 1)
    with Image.open(io.BytesIO(default_storage.open(closed.signature.name).read())) as image:
        assert (image.format, image.mode) == ("PNG", "L")


def test_a_refused_sheet_leaves_no_signature_behind(sheet, at):
    with pytest.raises(score_sheets.NotComplete):
        hand_in(sheet, at, png=b"png")
    assert files("signatures") == 0


def test_an_examiner_no_more_hands_nothing_in(sheet, at):
    fill(sheet, GOOD, at)
    sheet.examiner.groups.clear()
    with pytest.raises(practicals.NotAllowed):
        hand_in(sheet, at)


def test_a_withdrawn_sheet_takes_nothing(sheet, at):
    fill(sheet, GOOD, at)
    ScoreSheet.objects.filter(pk=sheet.pk).update(withdrawn_at=at("13:40"))
    with pytest.raises(score_sheets.SheetClosed):
        hand_in(sheet, at)
    with pytest.raises(score_sheets.SheetClosed):
        save(sheet, at, entry())
    with pytest.raises(score_sheets.SheetClosed):
        photos.add_photo(sheet_id=sheet.pk, position=1, data=picture(), by=sheet.examiner, now=at("13:41"))
    assert not EvidencePhoto.objects.exists()
    assert files() == 0


def test_nobody_sees_the_marks_of_the_other_before_their_own_are_in(session, examiners, staff, at):
    officer = staff(Role.EXAM_OFFICER)
    mark(session, 1, at)
    assert [may_compare(user, session) for user in (*examiners, officer)] == [True, False, False, False]
    mark(session, 2, at)
    session.refresh_from_db()
    assert all(may_compare(user, session) for user in (*examiners, officer))


def test_an_old_mark_of_a_veto_is_not_counted_when_it_was_taken_back(session, at):
    sheet = sheet_at(session, 1)
    fill(sheet, GOOD, at, vetoes={"K1"})
    save(sheet, at, entry(3, "", False, 999))
    hand_in(sheet, at)
    mark(session, 2, at)
    session.refresh_from_db()
    assert (session.status, Practical.objects.get().veto) == (PracticalStatus.DECIDED, False)
    assert VetoMark.objects.filter(sheet=sheet, seen=True).count() == 0

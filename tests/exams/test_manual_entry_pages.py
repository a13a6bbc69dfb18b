"""Typing in answer sheets in the administration: each person for themselves, then the differences."""

# ruff: noqa: F811  (fixtures that are imported and asked for)

import re
from html import unescape

import pytest
from django.test import Client
from django.utils import translation

from exams.actions import manual_entry
from exams.actions.admissions import admit
from exams.enums import AttemptStatus
from exams.models import ManualEntry
from exams.queries.paper_entries import sittings_with_papers, with_entries
from exams.queries.papers import key_of
from exams.queries.printing import on_seats
from tests.exams.paper_fixtures import officers, on_paper  # noqa: F401  (fixtures)


def enter(attempt, by, at, responses=None, begun="09:15", handed_in="10:40", now="15:00"):
    right = key_of(attempt.paper_id) if responses is None else responses
    times = {"begun_at": at(begun), "handed_in_at": at(handed_in)}
    return manual_entry.enter(attempt_id=attempt.pk, responses=right, **times, by=by, now=at(now))


@pytest.fixture
def browsers(officers):
    """A client for each officer, reading English."""
    made = [Client(headers={"accept-language": "en"}) for _ in officers]
    for client, officer in zip(made, officers, strict=True):
        client.force_login(officer)
    with translation.override("en"):
        yield made


def shown(reply) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", reply.text))


def typed(attempt, **more) -> dict:
    """Return the form as sent: local times of the test day, and the right answers in two lines."""
    right = key_of(attempt.paper_id)
    lines = f"1-3: {right[1]}{right[2]}{right[3]}\n4-5: {right[4]} {right[5]}"
    return {"begun_at": "2026-11-23T17:15", "handed_in_at": "2026-11-23T18:40", "lines": lines} | more


@pytest.fixture
def later(monkeypatch, at):
    """The views' clock stands at 15:00 of the test day."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: at("15:00"))


def test_a_paper_is_typed_in_by_two_and_decided_by_a_third(on_paper, browsers, later, at):
    address = f"/admin/papers/{on_paper.pk}/entry/"
    page = browsers[0].get(address)
    assert re.findall(r'<input[^>]*name="slot-\d+"[^>]*\svalue=', page.text) == []  # nothing is suggested
    assert len(re.findall(r'name="slot-\d+"', page.text)) == 5
    browsers[0].post(address, typed(on_paper))
    assert ManualEntry.objects.get().begun_at == at("09:15")
    reply = browsers[1].post(address, typed(on_paper, lines="1: A", **{"slot-5": "-"}))
    assert reply["Location"] == f"/admin/papers/{on_paper.pk}/differences/"
    page = browsers[2].get(reply["Location"])
    entries = list(on_paper.manual_entries.all())
    differing = {f"slot-{one.slot}": "-" for one in manual_entry.differences(*entries)}
    assert all(f'name="{name}"' in page.text for name in differing)
    times = {"begun_at": "2026-11-23T17:15", "handed_in_at": "2026-11-23T18:40"}
    assert "does not decide" in shown(browsers[0].post(reply["Location"], {**times, **differing}))
    refused = browsers[2].post(reply["Location"], {**times, **dict.fromkeys(differing, "Z")})
    assert "This cannot be the answer to this question." in shown(refused)
    done = browsers[2].post(reply["Location"], {**times, **differing})
    assert done["Location"] == f"/admin/papers/sittings/{on_paper.admission.sitting_id}/"
    on_paper.refresh_from_db()
    assert on_paper.status == AttemptStatus.SUBMITTED
    assert browsers[2].get(reply["Location"])["Location"] == done["Location"]


def test_two_that_agree_hand_in_from_the_page(on_paper, browsers, later):
    address = f"/admin/papers/{on_paper.pk}/entry/"
    browsers[0].post(address, typed(on_paper))
    own = shown(browsers[0].get(f"/admin/papers/sittings/{on_paper.admission.sitting_id}/"))
    assert "5 answers stored, 0 empty" in own
    browsers[1].post(address, typed(on_paper))
    on_paper.refresh_from_db()
    assert on_paper.status == AttemptStatus.SUBMITTED
    assert "handed in already" in shown(browsers[2].post(address, typed(on_paper), follow=True))


def test_what_cannot_be_read_is_shown_and_nothing_is_stored(on_paper, browsers, later):
    address = f"/admin/papers/{on_paper.pk}/entry/"
    page = shown(browsers[0].post(address, typed(on_paper, lines="1-3: AB")))
    assert "Line 1: 2 answers for 3 questions." in page
    backwards = typed(on_paper, handed_in_at="2026-11-23T17:00")
    assert "It is handed in after it is begun." in shown(browsers[0].post(address, backwards))
    early = typed(on_paper, begun_at="2026-11-23T08:00")
    assert "before the sitting opens" in shown(browsers[0].post(address, early))
    assert not ManualEntry.objects.exists()


def test_the_room_goes_on_paper_from_the_page(attempt, browsers):
    sitting = attempt.admission.sitting_id
    address = f"/admin/papers/sittings/{sitting}/on-paper/"
    browsers[0].post(address, {"attempt": ["nonsense", "00000000-0000-4000-8000-000000000000"]})
    attempt.refresh_from_db()
    assert attempt.on_paper_at is None
    browsers[0].post(address, {"all": ""})
    attempt.refresh_from_db()
    assert attempt.on_paper_at is not None
    page = browsers[0].get(f"/admin/papers/sittings/{sitting}/").text
    assert attempt.person.masked_name in page
    assert attempt.person.name not in page
    browsers[0].post(f"/admin/papers/{attempt.pk}/absent/")
    attempt.refresh_from_db()
    assert attempt.status == AttemptStatus.ABSENT
    assert "not on paper" in shown(browsers[0].post(f"/admin/papers/{attempt.pk}/online/", follow=True))


def test_lists_cost_the_same_for_one_and_for_three(
    on_paper, sitting, make_person, officers, at, django_assert_num_queries
):
    enter(on_paper, officers[0], at)
    sitting.room.seats = 5
    sitting.room.save()
    for rows in (1, 3):
        with django_assert_num_queries(1):
            (one,) = sittings_with_papers()
            assert (one.papers, one.on_paper, one.wait, one.room.point.name) == (rows, 1, 1, "考试中心")
        with django_assert_num_queries(2):
            listed = [
                (attempt.admission.seat, attempt.person.masked_name, len(attempt.manual_entries.all()))
                for attempt in with_entries(on_seats(sitting))
            ]
        assert [seat for seat, _name, _entries in listed] == list(range(1, rows + 1))
        if rows == 1:
            for _ in range(2):
                admit(sitting=sitting, person=make_person(), by=None, now=at("08:40"))

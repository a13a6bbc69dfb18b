"""Seats on PostgreSQL: many hands, few seats, none given twice; and what happens where the lock is taken out."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError

from exams.actions import booking
from exams.actions.admissions import RoomFull
from exams.enums import ApplicationStatus, AttemptStatus
from exams.models import Admission, Application, Attempt, Paper, Sitting
from tests.exams.conftest import *  # noqa: F403  (the small exam)
from tests.services.test_races import on_own_connection

THREADS, SEATS = 50, 10


@pytest.fixture
def applications(rule, make_person, staff, at):
    """Fifty accepted applications."""
    officer = make_person().user
    return [
        Application.objects.create(
            person=make_person(),
            rule=rule,
            kind="first",
            status=ApplicationStatus.ACCEPTED,
            health_text="2026-1",
            health_declared_at=at("08:00"),
            created_at=at("08:00"),
            submitted_at=at("08:00"),
            decided_by=officer,
            decided_at=at("08:00"),
        )
        for _ in range(THREADS)
    ]


@pytest.fixture
def room_of_ten(sitting):
    sitting.room.seats = SEATS
    sitting.room.save()
    return sitting


def all_at_once(applications, sitting, now):
    """Let everybody book in the same moment; return who got a seat, who was told that it is full, and what broke."""
    gate = threading.Barrier(len(applications))

    @on_own_connection
    def book(application):
        gate.wait()
        try:
            return booking.book(
                application_id=application.pk, sitting_id=sitting.pk, by=application.person.user, now=now
            )
        except (RoomFull, IntegrityError) as error:
            return error

    with ThreadPoolExecutor(len(applications)) as pool:
        answers = list(pool.map(book, applications))
    kinds = (Admission, RoomFull, IntegrityError)
    return tuple([answer for answer in answers if isinstance(answer, kind)] for kind in kinds)


def test_fifty_book_ten_seats_and_exactly_ten_get_one(services, transactional_db, applications, room_of_ten, at):
    booked, full, broken = all_at_once(applications, room_of_ten, at("08:30"))
    assert (len(booked), len(full), len(broken)) == (SEATS, THREADS - SEATS, 0)
    assert sorted(Admission.objects.values_list("seat", flat=True)) == list(range(1, SEATS + 1))
    assert len({admission.ticket for admission in booked}) == SEATS
    assert (Paper.objects.count(), Attempt.objects.count()) == (SEATS, SEATS)
    assert Application.objects.filter(status=ApplicationStatus.ADMITTED).count() == SEATS


def test_without_the_lock_candidates_collide(services, transactional_db, applications, room_of_ten, at, monkeypatch):
    """The negative control: the seats stay single, for the constraint holds, but people are refused who had a place."""
    unlocked = Sitting.objects.all()
    monkeypatch.setattr(type(unlocked), "select_for_update", lambda query, **options: query)
    booked, _full, broken = all_at_once(applications[:20], room_of_ten, at("08:30"))
    assert broken
    assert len(booked) < SEATS or len(booked) == Admission.objects.count()
    assert len(set(Admission.objects.values_list("seat", flat=True))) == Admission.objects.count() <= SEATS


def test_one_person_tapping_eight_times_holds_one_seat(services, transactional_db, applications, room_of_ten, at):
    booked, full, broken = all_at_once([applications[0]] * 8, room_of_ten, at("08:30"))
    assert (len(booked), full, broken) == (8, [], [])
    assert len({admission.pk for admission in booked}) == 1
    assert Paper.objects.count() == 1


def test_two_sittings_at_once_leave_one_seat_held(services, transactional_db, applications, room_of_ten, at):
    """The same application books two sittings in the same moment: one is given back for the other."""
    first = room_of_ten
    second = Sitting.objects.get(pk=first.pk)
    second.pk, second.title = None, "第二场"
    second.save()
    application, gate = applications[0], threading.Barrier(2)

    @on_own_connection
    def book(sitting_id):
        gate.wait()
        booking.book(application_id=application.pk, sitting_id=sitting_id, by=application.person.user, now=at("08:30"))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(book, [first.pk, second.pk]))
    assert Admission.objects.filter(cancelled_at=None).count() == 1
    assert sorted(Attempt.objects.values_list("status", flat=True)) == [AttemptStatus.SCHEDULED, AttemptStatus.VOIDED]


def test_a_seat_given_back_while_others_book_is_taken_by_one_of_them(
    services, transactional_db, applications, room_of_ten, at
):
    held, *waiting = applications[:20]
    for application in (held, *waiting[: SEATS - 1]):
        booking.book(
            application_id=application.pk, sitting_id=room_of_ten.pk, by=application.person.user, now=at("08:20")
        )
    gate = threading.Barrier(11)

    @on_own_connection
    def leave():
        gate.wait()
        booking.give_back(application_id=held.pk, by=held.person.user, now=at("08:30"))

    @on_own_connection
    def book(application):
        gate.wait()
        try:
            booking.book(
                application_id=application.pk, sitting_id=room_of_ten.pk, by=application.person.user, now=at("08:30")
            )
        except RoomFull:
            return False
        return True

    with ThreadPoolExecutor(11) as pool:
        gone = pool.submit(leave)
        taken = [pool.submit(book, application) for application in waiting[SEATS - 1 :]]
    gone.result()
    assert sum(future.result() for future in taken) <= 1
    live = Admission.objects.filter(cancelled_at=None)
    assert live.count() in (SEATS - 1, SEATS)
    assert live.values("seat").distinct().count() == live.count()

"""Seats: booked, moved, given back, drawn by lot; tickets; absence."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.enums import Role
from core.models import AuditEntry
from exams.actions import attempts, booking, seating
from exams.actions.admissions import AlreadyStarted, NotEligible, RoomFull, admit, cancel
from exams.actions.answers import Change, save
from exams.enums import ApplicationStatus, AttemptStatus, SittingKind
from exams.models import Admission, Application, Attempt, Paper, Sitting
from exams.models.applications import WrongStatus
from exams.queries import scheduling
from exams.queries.attempts import admissions_of
from exams.queries.papers import key_of
from notifications.models import Notice
from tests.exams.application_fixtures import *  # noqa: F403


@pytest.fixture
def bookable(sitting, at):
    """Booking from 08:00 to 08:50; the exam opens at 09:00."""
    sitting.booking_opens_at, sitting.booking_closes_at = at("08:00"), at("08:50")
    sitting.save()
    return sitting


@pytest.fixture
def second(bookable, at):
    """The same an hour later."""
    bookable.pk = None
    bookable.title, bookable.opens_at, bookable.closes_at = "第二场", at("13:00"), at("16:00")
    bookable.save()
    first, second = Sitting.objects.order_by("opens_at")
    bookable.__dict__.update(first.__dict__)
    return second


@pytest.fixture
def application(accept, person, bookable):
    return accept(person)


def book(application, sitting, now):
    return booking.book(application_id=application.pk, sitting_id=sitting.pk, by=application.person.user, now=now)


def test_an_accepted_application_books_a_seat_once(application, bookable, at):
    admission = book(application, bookable, at("08:30"))
    assert book(application, bookable, at("08:31")) == admission
    assert (admission.application_id, admission.seat) == (application.pk, 1)
    assert Application.objects.get().status == ApplicationStatus.ADMITTED
    assert (Paper.objects.count(), Attempt.objects.get().status) == (1, AttemptStatus.SCHEDULED)


def test_before_it_is_accepted_nothing_is_booked(hand_in, person, bookable, at):
    with pytest.raises(WrongStatus):
        book(hand_in(person), bookable, at("08:30"))
    assert not Admission.objects.exists()


@pytest.mark.parametrize("clock", ["07:59", "08:50"])
def test_outside_the_booking_window_nothing_is_booked(application, bookable, at, clock):
    with pytest.raises(booking.BookingClosed):
        book(application, bookable, at(clock))


def test_a_training_exam_takes_no_application(application, bookable, at):
    Sitting.objects.update(kind=SittingKind.TRAINING)
    with pytest.raises(booking.WrongSitting):
        book(application, bookable, at("08:30"))


def test_another_persons_application_books_nothing(application, bookable, other_person, at):
    with pytest.raises(Application.DoesNotExist):
        booking.book(application_id=application.pk, sitting_id=bookable.pk, by=other_person.user, now=at("08:30"))


def test_moving_frees_the_old_seat_voids_its_attempt_and_draws_a_new_paper(application, bookable, second, at):
    first = book(application, bookable, at("08:30"))
    moved = book(application, second, at("08:40"))
    first.refresh_from_db()
    assert (first.cancelled_at, first.attempt.status) == (at("08:40"), AttemptStatus.VOIDED)
    assert moved.attempt.status == AttemptStatus.SCHEDULED
    assert moved.attempt.paper_id != first.attempt.paper_id
    assert moved.ticket != first.ticket
    assert list(admissions_of(application.person)) == [moved]
    assert scheduling.with_seats().get(pk=bookable.pk).free == bookable.room.seats


def test_where_the_other_room_is_full_the_seat_held_stays(application, bookable, second, make_person, at):
    held = book(application, bookable, at("08:30"))
    for _ in range(second.room.seats):
        admit(sitting=second, person=make_person(), by=None, now=at("08:30"))
    with pytest.raises(RoomFull):
        book(application, second, at("08:40"))
    held.refresh_from_db()
    assert (held.cancelled_at, held.attempt.status) == (None, AttemptStatus.SCHEDULED)


def test_after_booking_closed_nobody_moves_or_leaves(application, bookable, second, at):
    Sitting.objects.filter(pk=second.pk).update(booking_closes_at=at("12:00"))
    book(application, bookable, at("08:30"))
    with pytest.raises(booking.BookingClosed):
        book(application, second, at("08:55"))
    with pytest.raises(booking.BookingClosed):
        booking.give_back(application_id=application.pk, by=application.person.user, now=at("08:55"))
    assert Admission.objects.get().cancelled_at is None


def test_a_seat_given_back_is_free_for_the_next_with_a_ticket_of_its_own(application, bookable, make_person, at):
    held = book(application, bookable, at("08:30"))
    booking.give_back(application_id=application.pk, by=application.person.user, now=at("08:35"))
    application.refresh_from_db()
    assert application.status == ApplicationStatus.ACCEPTED
    other = admit(sitting=bookable, person=make_person(), by=None, now=at("08:36"))
    assert (other.seat, held.seat) == (1, 1)
    assert other.ticket != held.ticket
    again = book(application, bookable, at("08:40"))
    assert (again.seat, again.pk != held.pk) == (2, True)


def test_a_voided_seat_is_neither_absent_nor_an_attempt(application, bookable, at):
    book(application, bookable, at("08:30"))
    booking.give_back(application_id=application.pk, by=application.person.user, now=at("08:35"))
    attempts.close_overdue(now=at("15:00"))
    assert Attempt.objects.get().status == AttemptStatus.VOIDED
    assert not scheduling.absences().exists()


def test_who_never_comes_is_absent_and_may_book_again(application, bookable, second, at):
    book(application, bookable, at("08:30"))
    attempts.close_overdue(now=at("12:01"))
    (absent,) = scheduling.absences()
    assert absent.attempt.status == AttemptStatus.ABSENT
    Sitting.objects.filter(pk=second.pk).update(booking_closes_at=at("12:30"))
    assert book(application, second, at("12:10")).attempt.status == AttemptStatus.SCHEDULED
    absent.refresh_from_db()
    assert absent.cancelled_at is None


def test_a_missed_exam_counts_as_an_attempt_where_the_rules_limit_them(application, bookable, second, rule, at):
    rule.scheme.theory_attempts = 1
    rule.scheme.save()
    book(application, bookable, at("08:30"))
    attempts.close_overdue(now=at("12:01"))
    Sitting.objects.filter(pk=second.pk).update(booking_closes_at=at("12:30"))
    with pytest.raises(NotEligible):
        book(application, second, at("12:10"))


def test_a_running_exam_is_not_left(application, bookable, second, at):
    admission = book(application, bookable, at("08:30"))
    Sitting.objects.update(booking_closes_at=at("12:00"))
    attempts.start(attempt_id=admission.attempt.pk, by=application.person, passcode="4711", now=at("09:00"))
    with pytest.raises(AlreadyStarted):
        book(application, second, at("09:10"))
    with pytest.raises(AlreadyStarted):
        cancel(admission_id=admission.pk, because="x", by=application.person.user, now=at("09:10"))


def test_a_passed_theory_is_not_sat_again(application, bookable, second, at):
    from exams.actions import grading
    from exams.actions.applications import filling

    admission = book(application, bookable, at("08:30"))
    attempt = attempts.start(attempt_id=admission.attempt.pk, by=application.person, passcode="4711", now=at("09:00"))
    lease = attempts.take_lease(attempt_id=attempt.pk, by=application.person)
    for slot, answer in key_of(attempt.paper_id).items():
        save(attempt_id=attempt.pk, lease=lease, change=Change(slot, answer, False, slot), now=at("09:10"))
    attempts.submit(attempt_id=attempt.pk, lease=lease, now=at("09:20"))
    grading.grade(attempt_id=attempt.pk, now=at("09:21"))
    Sitting.objects.update(booking_closes_at=at("12:00"))
    with pytest.raises(AlreadyStarted):
        book(application, second, at("09:30"))
    person = application.person
    with pytest.raises(filling.NotEligible) as refused:
        filling.begin(operation=application.rule.operation, person=person, by=person.user, now=at("09:30"))
    assert "2027-11-23" in str(refused.value)


def test_the_database_seats_nobody_twice(application, bookable, make_person, at):
    held = book(application, bookable, at("08:30"))
    other = admit(sitting=bookable, person=make_person(), by=None, now=at("08:31"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Admission.objects.filter(pk=other.pk).update(seat=held.seat)


def test_seats_are_drawn_after_booking_told_and_audited(application, bookable, make_person, officer, at):
    held = book(application, bookable, at("08:30"))
    assert held.shown_seat is None
    bookable.room.seats = 40
    bookable.room.save()
    for _ in range(9):
        admit(sitting=bookable, person=make_person(), by=None, now=at("08:31"))
    with pytest.raises(seating.BookingStillOpen):
        seating.draw_seats(sitting_id=bookable.pk, by=officer, now=at("08:49"))
    seating.draw_seats(sitting_id=bookable.pk, by=officer, now=at("08:51"), seed=5)
    drawn = dict(bookable.admissions.values_list("pk", "seat"))
    assert len(set(drawn.values())) == 10
    assert sorted(drawn.values()) != list(range(1, 11))
    held = Admission.objects.select_related("sitting").get(pk=held.pk)
    assert held.shown_seat == drawn[held.pk]
    entry = AuditEntry.objects.filter(kind="exams.sitting", after__has_key="seed").get()
    assert entry.after == {"seed": "5", "candidates": 10, "seats": 40}
    assert Notice.objects.filter(kind="seat_drawn").count() == 10
    with pytest.raises(seating.AlreadyDrawn):
        seating.draw_seats(sitting_id=bookable.pk, by=officer, now=at("08:52"))


def test_the_same_seed_draws_the_same_seats(bookable, make_person, officer, at):
    bookable.room.seats = 30
    bookable.room.save()
    for _ in range(6):
        admit(sitting=bookable, person=make_person(), by=None, now=at("08:31"))
    seating.draw_seats(sitting_id=bookable.pk, by=officer, now=at("08:51"), seed=77)
    first = dict(bookable.admissions.values_list("pk", "seat"))
    Sitting.objects.update(seats_drawn_at=None)
    seating.draw_seats(sitting_id=bookable.pk, by=officer, now=at("08:52"), seed=77)
    assert dict(bookable.admissions.values_list("pk", "seat")) == first


def test_only_an_officer_draws(bookable, person, at):
    with pytest.raises(seating.NotAnOfficer):
        seating.draw_seats(sitting_id=bookable.pk, by=person.user, now=at("08:51"))


def test_who_retires_before_the_exam_is_not_admitted(sitting, make_person, at):
    sitting.kind = SittingKind.CERTIFYING
    retired = make_person(born="19650115")
    with pytest.raises(NotEligible):
        admit(sitting=sitting, person=retired, by=None, now=at("08:30"))


@pytest.fixture
def officer(staff):
    return staff(Role.EXAM_OFFICER)


def test_an_officer_takes_a_seat_back_after_booking_has_closed_and_says_why(application, bookable, officer, at):
    held = book(application, bookable, at("08:30"))
    booking.take_back(admission_id=held.pk, reason=" 考场停电 ", by=officer, now=at("08:55"))
    held.refresh_from_db()
    application.refresh_from_db()
    assert (held.cancelled_at, held.cancelled_because) == (at("08:55"), "考场停电")
    assert (held.attempt.status, application.status) == (AttemptStatus.VOIDED, ApplicationStatus.ACCEPTED)
    assert "考场停电" in Notice.objects.get(kind="seat_taken_back").body
    again = booking.take_back(admission_id=held.pk, reason="又一次", by=officer, now=at("08:56"))
    assert (again.cancelled_because, Notice.objects.filter(kind="seat_taken_back").count()) == ("考场停电", 1)
    assert AuditEntry.objects.filter(reason="考场停电", actor_id=officer.pk).exists()


def test_a_seat_is_not_taken_back_without_a_reason_by_others_or_once_the_exam_has_begun(
    application, bookable, officer, at
):
    held = book(application, bookable, at("08:30"))
    with pytest.raises(booking.NoReason):
        booking.take_back(admission_id=held.pk, reason=" ", by=officer, now=at("08:55"))
    with pytest.raises(seating.NotAnOfficer):
        booking.take_back(admission_id=held.pk, reason="停电", by=application.person.user, now=at("08:55"))
    attempts.start(attempt_id=held.attempt.pk, by=application.person, passcode="4711", now=at("09:00"))
    with pytest.raises(AlreadyStarted):
        booking.take_back(admission_id=held.pk, reason="停电", by=officer, now=at("09:01"))
    assert not Notice.objects.filter(kind="seat_taken_back").exists()


def test_officers_take_a_seat_back_on_the_page_of_the_sitting(client, application, bookable, officer, at):
    held = book(application, bookable, at("08:30"))
    client.force_login(officer)
    address = f"/admin/scheduling/{bookable.pk}/take-back/{held.pk}/"
    assert address in client.get(f"/admin/scheduling/{bookable.pk}/").text
    for reason, cancelled in (("", False), ("考场停电", True)):
        assert client.post(address, {"reason": reason}).status_code == 302
        held.refresh_from_db()
        assert (held.cancelled_at is not None) == cancelled


def test_a_room_keeps_the_seats_that_are_given_out(attempt, sitting, other_person, at):
    admit(sitting=sitting, person=other_person, by=None, now=at("08:30"))
    room = sitting.room
    room.seats = 1
    with pytest.raises(ValidationError, match="2"):
        room.clean()
    cancel(admission_id=attempt.admission_id, because="?", by=None, now=at("08:40"))
    room.clean()


def test_what_leads_to_no_certificate_has_no_certifying_exam(sitting):
    category = sitting.rule.operation.category
    category.certifies = False
    category.save()
    sitting.refresh_from_db()
    with pytest.raises(ValidationError) as refused:
        sitting.clean()
    assert list(refused.value.message_dict) == ["kind"]
    sitting.kind = SittingKind.TRAINING
    sitting.clean()

"""Sittings for several rooms at once, and who watches over them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.actions import organisations, roles
from accounts.enums import OrganisationKind, Role
from accounts.models import Membership, OrganisationManager, User
from core.models import AuditEntry
from exams.actions import booking, duties, scheduling, seating
from exams.models import Room, Sitting, SittingDuty
from exams.queries import scheduling as reading
from tests.exams.application_fixtures import *  # noqa: F403


@pytest.fixture
def rooms(sitting):
    """The room of the sitting and two more."""
    point = sitting.room.point
    return [sitting.room, *(Room.objects.create(point=point, name=name, seats=2) for name in ("二号机房", "三号机房"))]


@pytest.fixture
def make(rule, blueprint, officer, at):
    """Return a function that makes sittings of two hours."""

    def make(rooms, *clocks, **options):
        return scheduling.make_sittings(
            rule=rule,
            blueprint=blueprint,
            rooms=rooms,
            opens=[at(clock) + timedelta(days=1) for clock in clocks],
            window_minutes=150,
            title="低压电工理论",
            **{"minutes": 120, "by": officer, "now": at("08:00")} | options,
        )

    return make


@pytest.fixture
def make_invigilator(at):
    """Return a function that makes an invigilator, perhaps with a person and their organisation."""
    roles.ensure_roles()

    def make(name: str) -> User:
        user = User.objects.create_user(username=name)
        roles.grant(user=user, role=Role.INVIGILATOR, by=None, now=at("08:00"))
        return user

    return make


@pytest.fixture
def school(officer, at):
    """A training institution."""
    return found("安培学校", OrganisationKind.TRAINING_INSTITUTION, officer, at)


def found(name: str, kind: str, by: User, at):
    """Found an organisation that stands below none."""
    nothing = {"credit_code": "", "district": None, "address": "", "parent": None}
    return organisations.create(name=name, kind=kind, **nothing, by=by, now=at("08:00"))


def test_one_sitting_for_each_room_and_time_each_with_its_own_code(make, rooms):
    made = make(rooms, "09:00", "13:00")
    assert len(made) == 6
    assert len({(one.room_id, one.opens_at) for one in made}) == 6
    assert all(len(one.passcode) == 6 and one.passcode.isdigit() for one in made)
    assert made[0].closes_at - made[0].opens_at == timedelta(minutes=150)


def test_a_room_taken_then_stops_all_of_them(make, rooms):
    (first,) = make(rooms[1:2], "09:00")
    with pytest.raises(scheduling.RoomTaken) as taken:
        make(rooms, "08:00", "11:29")
    assert taken.value.sitting == first
    assert Sitting.objects.count() == 2  # the fixture's and the first
    assert len(make(rooms, "11:30")) == 3


def test_rules_that_are_not_in_force_then_are_refused(make, rooms, rule, at):
    rule.scheme.effective_to = at("09:00").date()
    rule.scheme.save()
    with pytest.raises(scheduling.RulesNotInForce):
        make(rooms, "09:00")


def test_only_an_officer_makes_sittings(make, rooms, person):
    with pytest.raises(seating.NotAnOfficer):
        make(rooms, "09:00", by=person.user)


def test_booking_that_closes_before_it_opens_is_refused_by_the_database(sitting, at):
    with pytest.raises(IntegrityError), transaction.atomic():
        Sitting.objects.update(booking_opens_at=at("09:00"), booking_closes_at=at("08:00"))


@pytest.fixture
def candidate(accept, person, make, rooms, school, at):
    """A candidate of the school with a seat in the first of three rooms."""
    made = make(rooms, "09:00")
    application = accept(person, organisation=school)
    booking.book(application_id=application.pk, sitting_id=made[0].pk, by=person.user, now=at("08:30"))
    return made


def test_nobody_watches_over_candidates_of_their_own_school(
    candidate, school, make_invigilator, make_person, officer, at
):
    teacher, manager = make_invigilator("teacher"), make_invigilator("manager")
    others = [make_invigilator(f"free{number}") for number in range(2)]
    person = make_person(name="张老师")
    person.user = None
    person.save()
    person.user = teacher
    person.save()
    Membership.objects.create(organisation=school, person=person, joined_at=at("08:00"))
    OrganisationManager.objects.create(organisation=school, user=manager, granted_at=at("08:00"))
    for seed in range(8):
        drawn = duties.draw_duties(
            sitting_ids=[one.pk for one in candidate], each=1, by=officer, now=at("08:40"), seed=seed
        )
        there = {duty.sitting_id: duty.user for duty in drawn.duties}
        assert there[candidate[0].pk] in others
        assert len(set(there.values())) == 3
    assert SittingDuty.objects.count() == 3  # each drawing takes the place of the one before
    entry = AuditEntry.objects.filter(kind="exams.sittingduty", after__has_key="seed").order_by("-pk").first()
    assert (entry.after["seed"], entry.after["each"]) == (7, 1)


def test_who_manages_the_house_above_the_school_is_barred_and_a_member_of_it_is_not(
    candidate, school, make_invigilator, make_person, officer, at
):
    group = found("集团", OrganisationKind.ENTERPRISE, officer, at)
    organisations.move(organisation=school, parent=group, by=officer, now=at("08:00"))
    manager = make_invigilator("manager")
    OrganisationManager.objects.create(organisation=group, user=manager, granted_at=at("08:00"))
    member = make_invigilator("member")
    person = make_person(name="李职员")
    person.user = member
    person.save()
    Membership.objects.create(organisation=group, person=person, joined_at=at("08:00"))
    drawn = duties.draw_duties(sitting_ids=[candidate[0].pk], each=1, by=officer, now=at("08:40"))
    assert [duty.user for duty in drawn.duties] == [member]


def test_where_nobody_is_left_nothing_is_stored_and_the_report_says_why(
    candidate, school, make_invigilator, officer, at
):
    manager = make_invigilator("manager")
    OrganisationManager.objects.create(organisation=school, user=manager, granted_at=at("08:00"))
    with pytest.raises(duties.Impossible) as impossible:
        duties.draw_duties(sitting_ids=[candidate[0].pk], each=1, by=officer, now=at("08:40"))
    (lack,) = impossible.value.lacks
    assert (lack.wanted, lack.found, lack.own_candidates, lack.busy) == (1, 0, 1, 0)
    assert not SittingDuty.objects.exists()


def test_who_watches_elsewhere_then_is_not_drawn(candidate, make_invigilator, officer, at):
    only = make_invigilator("only")
    duties.draw_duties(sitting_ids=[candidate[0].pk], each=1, by=officer, now=at("08:40"))
    with pytest.raises(duties.Impossible) as impossible:
        duties.draw_duties(sitting_ids=[candidate[1].pk], each=1, by=officer, now=at("08:41"))
    assert impossible.value.lacks[0].busy == 1
    assert SittingDuty.objects.get().user == only


def test_duties_of_a_sitting_that_has_begun_stay(candidate, make_invigilator, officer, at):
    make_invigilator("only")
    with pytest.raises(duties.SittingBegun):
        duties.draw_duties(sitting_ids=[candidate[0].pk], each=1, by=officer, now=at("09:00") + timedelta(days=1))


def test_the_database_gives_nobody_the_same_duty_twice(sitting, make_invigilator, at):
    user = make_invigilator("only")
    SittingDuty.objects.create(sitting=sitting, user=user, assigned_at=at("08:00"))
    with pytest.raises(IntegrityError), transaction.atomic():
        SittingDuty.objects.create(sitting=sitting, user=user, assigned_at=at("08:00"))


def test_seats_and_watchers_are_counted_apart(candidate, make_invigilator, officer, at):
    for number in range(2):
        make_invigilator(f"free{number}")
    duties.draw_duties(sitting_ids=[candidate[0].pk], each=2, by=officer, now=at("08:40"))
    row = reading.with_seats().get(pk=candidate[0].pk)
    assert (row.taken, row.free, row.watchers) == (1, 1, 2)

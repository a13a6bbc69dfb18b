"""Two persons who are one become one."""

import pytest

from accounts.actions import merging, persons
from accounts.models import Membership, Organisation, Person, RosterImport, RosterLine
from accounts.queries import person_by_id_number
from core.models import AuditEntry
from tests.conftest import id_number
from tests.exams.certificate_fixtures import *  # noqa: F403  (certificates)
from training.models import CourseIndexPage, CoursePage, Enrolment


@pytest.fixture
def officer(db, django_user_model):
    return django_user_model.objects.create_user("officer")


@pytest.fixture
def organisation(db):
    return Organisation.add_root(name="海港公司", kind="enterprise")


@pytest.fixture
def merge(officer, at):
    def merge(keep, drop, reason="registered twice"):
        return merging.merge(keep_id=keep.pk, drop_id=drop.pk, reason=reason, by=officer, now=at("12:00"))

    return merge


def join(person, organisation, at, **fields):
    return Membership.objects.create(person=person, organisation=organisation, joined_at=at("08:00"), **fields)


def test_everything_of_every_room_moves(person, other_person, organisation, make_certificate, officer, merge, at):
    join(other_person, organisation, at)
    roster = RosterImport.objects.create(
        organisation=organisation, uploaded_at=at("08:00"), filename="a.xlsx", sha256="0"
    )
    RosterLine.objects.create(roster=roster, number=1, cells="x", verdict="new", person=other_person)
    certificate = make_certificate(other_person)
    merge(person, other_person)
    pointing = {
        relation.related_model._meta.label_lower: relation.related_model._base_manager.filter(
            **{relation.field.name: other_person}
        ).count()
        for relation in Person._meta.get_fields(include_hidden=True)
        if relation.one_to_many or (relation.one_to_one and relation.auto_created)
    }
    assert {"accounts.rosterline", "exams.attempt", "training.enrolment"} <= set(pointing)
    assert set(pointing.values()) == {0}
    certificate.refresh_from_db()
    assert certificate.person == person
    assert RosterLine.objects.get().person == person
    assert Membership.objects.get().person == person
    entry = AuditEntry.objects.get(deed="merged", object_id=str(other_person.pk))
    assert entry.after == {
        "merged_into": person.pk,
        "moved": {
            "accounts.membership": 1,
            "accounts.rosterline": 1,
            "exams.admission": 1,
            "exams.attempt": 1,
            "exams.certificate": 1,
            "exams.practical": 1,
        },
    }
    assert (entry.reason, entry.actor, entry.at) == ("registered twice", "officer", at("12:00"))


def test_what_is_left_behind_points_to_the_one_that_is_kept(person, other_person, merge):
    merge(person, other_person)
    other_person.refresh_from_db()
    assert (other_person.merged_into, other_person.user) == (person, None)


def test_both_numbers_lead_to_the_one_that_is_kept(person, other_person, make_person, merge):
    third = make_person()
    numbers = [who.id_number for who in (person, other_person, third)]
    merge(other_person, third)
    merge(person, other_person)
    assert [person_by_id_number(number) for number in numbers] == [person] * 3


def test_a_number_that_was_merged_cannot_be_registered_again(person, other_person, merge, at):
    merge(person, other_person)
    with pytest.raises(persons.PersonExists):
        persons.register(name="李大安", id_number=other_person.id_number, user=None, by=None, now=at("13:00"))


def test_the_login_moves_to_who_has_none(other_person, merge, at):
    keep = persons.register(name="王小电", id_number=id_number(99), user=None, by=None, now=at("08:00"))
    login = other_person.user
    merge(keep, other_person)
    keep.refresh_from_db()
    assert keep.user == login


def test_of_two_logins_each_stays_what_it_was(person, other_person, merge):
    kept, left = person.user, other_person.user
    merge(person, other_person)
    person.refresh_from_db()
    assert person.user == kept
    assert not Person.objects.filter(user=left).exists()


def test_the_photo_moves_to_who_has_none(person, other_person, merge):
    Person.objects.filter(pk=other_person.pk).update(photo="photos/li.jpg")
    merge(person, other_person)
    assert list(Person.objects.order_by("pk").values_list("photo", flat=True)) == ["photos/li.jpg", ""]


def test_the_same_membership_of_both_refuses_the_whole(person, other_person, organisation, merge, make_certificate, at):
    certificate = make_certificate(other_person)
    for who in (person, other_person):
        join(who, organisation, at)
    with pytest.raises(merging.CannotMerge) as refused:
        merge(person, other_person)
    assert len(refused.value.collisions) == 1
    assert "海港公司" in refused.value.collisions[0]
    certificate.refresh_from_db()
    assert certificate.person == other_person
    assert Person.objects.filter(merged_into=None).count() == 2
    assert not AuditEntry.objects.filter(deed="merged").exists()


def test_a_membership_that_ended_collides_with_none(person, other_person, organisation, merge, at):
    join(person, organisation, at)
    join(other_person, organisation, at, left_at=at("09:00"))
    merge(person, other_person)
    assert Membership.objects.filter(person=person).count() == 2


def test_the_same_course_of_both_refuses(person, other_person, home, merge, at):
    course = CoursePage(title="低压电工", slug="c", hours=1)
    CourseIndexPage.objects.first() or home.add_child(instance=CourseIndexPage(title="课程", slug="courses"))
    CourseIndexPage.objects.get().add_child(instance=course)
    for who in (person, other_person):
        Enrolment.objects.create(person=who, course=course, enrolled_at=at("08:00"))
    with pytest.raises(merging.CannotMerge, match="低压电工"):
        merge(person, other_person)
    assert Enrolment.objects.filter(person=other_person).count() == 1


def test_certificates_of_one_operation_refuse(person, other_person, make_certificate, merge):
    make_certificate(person)
    make_certificate(other_person)
    with pytest.raises(merging.CannotMerge) as refused:
        merge(person, other_person)
    assert len(refused.value.collisions) == 2  # the exam, and the certificate
    assert all("低压电工作业" in line for line in refused.value.collisions)


@pytest.mark.parametrize("pair", ["same", "unknown", "merged"])
def test_what_is_not_two_persons_is_refused(person, other_person, make_person, merge, officer, at, pair):
    if pair == "merged":
        merge(person, other_person)
    drop_id = {"same": person.pk, "unknown": 999_999, "merged": other_person.pk}[pair]
    with pytest.raises(merging.NotTwoPersons):
        merging.merge(keep_id=person.pk, drop_id=drop_id, reason="twice", by=officer, now=at("12:00"))


def test_without_a_reason_nobody_is_merged(person, other_person, merge):
    with pytest.raises(merging.NeedsReason):
        merge(person, other_person, reason="  ")

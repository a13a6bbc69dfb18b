"""From the draft to the decision."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from core.models import AuditEntry
from exams import declarations
from exams.actions.applications import access, deciding, documents, filling, forgetting
from exams.enums import (
    APPLICATION_EDGES,
    ApplicationKind,
    ApplicationStatus,
    DocumentKind,
    DocumentVerdict,
)
from exams.models import Application, ApplicationDocument, Category, Operation
from exams.models.applications import WrongStatus
from exams.queries import eligibility
from exams.rules import uploads
from notifications.models import Notice
from tests.exams.application_fixtures import *  # noqa: F403
from tests.exams.application_fixtures import picture

DAY = date(2026, 11, 23)


def test_every_status_has_its_edges():
    assert set(APPLICATION_EDGES) == set(ApplicationStatus)


def test_an_application_is_filled_in_handed_in_and_accepted(accept, person, officer):
    application = accept(person)
    assert (application.status, application.kind) == (ApplicationStatus.ACCEPTED, ApplicationKind.FIRST)
    assert application.decided_by == officer
    assert application.documents.get(kind=DocumentKind.PHOTO).file.read() == person.photo.open().read()
    notice = Notice.objects.get(kind="application_accepted")
    assert (notice.user, notice.link) == (person.user, f"/exams/applications/{application.pk}/")


def test_beginning_twice_gives_the_same_draft(rule, person, at):
    first = filling.begin(operation=rule.operation, person=person, by=person.user, now=at("08:00"))
    assert filling.begin(operation=rule.operation, person=person, by=person.user, now=at("08:01")) == first


def test_two_open_applications_for_one_rule_are_refused_by_the_database(rule, person, at):
    filling.begin(operation=rule.operation, person=person, by=person.user, now=at("08:00"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.create(person=person, rule=rule, kind="first", created_at=at("08:00"))


def test_a_minor_does_not_even_begin(rule, make_person, at):
    minor = make_person(born="20081124")
    with pytest.raises(filling.NotEligible):
        filling.begin(operation=rule.operation, person=minor, by=minor.user, now=at("08:00"))
    assert not Application.objects.exists()


def test_nobody_applies_for_an_operation_without_rules(rule, person, at):
    other = Operation.objects.create(category=Category.objects.get(), number=9, name="尾矿作业")
    with pytest.raises(filling.NoRules):
        filling.begin(operation=other, person=person, by=person.user, now=at("08:00"))


def test_what_is_missing_is_named_and_nothing_is_handed_in(rule, person, at):
    application = filling.begin(operation=rule.operation, person=person, by=person.user, now=at("08:00"))
    with pytest.raises(filling.Incomplete) as refused:
        filling.submit(application_id=application.pk, by=person.user, now=at("08:01"))
    assert refused.value.documents == ["photo", "identity", "training"]
    assert Application.objects.get().status == ApplicationStatus.DRAFT


def test_another_persons_application_is_not_found(fill_in, person, other_person, at):
    application = fill_in(person)
    who = {"by": other_person.user, "now": at("08:20")}
    for act in (filling.submit, filling.withdraw):
        with pytest.raises(Application.DoesNotExist):
            act(application_id=application.pk, **who)
    with pytest.raises(Application.DoesNotExist):
        documents.hand_in(application_id=application.pk, kind="identity", data=picture(), **who)


def test_what_is_handed_in_is_no_longer_changed(hand_in, person, at):
    application = hand_in(person)
    with pytest.raises(WrongStatus):
        documents.take_out(document_id=application.documents.first().pk, by=person.user, now=at("08:20"))
    version = declarations.current().version
    with pytest.raises(WrongStatus):
        filling.declare_health(application_id=application.pk, version=version, by=person.user, now=at("08:20"))


def test_an_old_text_of_the_declaration_is_not_signed(fill_in, person, at):
    application = fill_in(person)
    with pytest.raises(filling.AnotherVersion):
        filling.declare_health(application_id=application.pk, version="2020-1", by=person.user, now=at("08:20"))
    assert declarations.declared(application.health_text).conditions[1] == "癫痫病"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"GIF89a" + b"0" * 50, "kind"),
        (b"<svg onload=alert(1)>", "kind"),
        (b"MZ" + b"0" * 50, "kind"),
        (b"\xff\xd8\xff" + b"0" * 50, "broken"),
        (b"%PDF-1.7 cut short", "broken"),
        (b"%PDF-" + b"0" * uploads.MOST_BYTES, "bytes"),
        (picture("PNG", (9000, 6000)), "pixels"),
    ],
)
def test_files_that_are_not_taken_leave_nothing_behind(fill_in, person, at, settings, data, reason):
    application = fill_in(person)
    there = len(list((settings.MEDIA_ROOT / "applications").iterdir()))
    with pytest.raises(uploads.NotADocument) as refused:
        documents.hand_in(application_id=application.pk, kind="health", data=data, by=person.user, now=at("08:20"))
    assert refused.value.reason == reason
    assert len(list((settings.MEDIA_ROOT / "applications").iterdir())) == there


def test_a_fifth_file_of_a_kind_is_refused_and_not_kept(fill_in, person, at, settings):
    application = fill_in(person)
    put = {"application_id": application.pk, "kind": "identity", "by": person.user, "now": at("08:20")}
    for _ in range(3):
        documents.hand_in(data=picture("PNG"), **put)
    there = len(list((settings.MEDIA_ROOT / "applications").iterdir()))
    with pytest.raises(documents.TooMany):
        documents.hand_in(data=picture(), **put)
    assert len(list((settings.MEDIA_ROOT / "applications").iterdir())) == there


def test_returned_with_a_reason_it_is_mended_and_handed_in_again(hand_in, person, officer, at):
    application = hand_in(person)
    who = {"by": officer, "now": at("08:30")}
    with pytest.raises(documents.NeedsReason):
        deciding.decide(application_id=application.pk, decision="returned", reason=" ", **who)
    deciding.decide(application_id=application.pk, decision="returned", reason="身份证看不清", **who)
    assert Notice.objects.get(kind="application_returned").body.find("身份证") == -1
    again = filling.submit(application_id=application.pk, by=person.user, now=at("08:40"))
    assert (again.status, again.reason, again.decided_by) == (ApplicationStatus.SUBMITTED, "", None)


def test_a_rejected_document_counts_as_missing_until_another_is_there(hand_in, person, officer, at):
    application = hand_in(person)
    who = {"by": officer, "now": at("08:30")}
    document = application.documents.get(kind="identity")
    documents.judge(document_id=document.pk, verdict=DocumentVerdict.REJECTED, note="反光", **who)
    deciding.decide(application_id=application.pk, decision="returned", reason="重拍", **who)
    with pytest.raises(filling.Incomplete) as refused:
        filling.submit(application_id=application.pk, by=person.user, now=at("08:40"))
    assert refused.value.documents == ["identity"]


def test_accepting_asks_for_every_document(hand_in, person, officer, at):
    application = hand_in(person)
    with pytest.raises(deciding.DocumentsOpen) as lacking:
        deciding.decide(application_id=application.pk, decision="accepted", reason="", by=officer, now=at("08:30"))
    assert lacking.value.kinds == ["photo", "identity", "training"]
    assert Application.objects.get().status == ApplicationStatus.SUBMITTED


def test_nobody_decides_about_their_own(hand_in, make_person, officer, person, at):
    person.user = officer
    person.save()
    application = hand_in(person)
    with pytest.raises(access.NotAReviewer):
        deciding.decide(application_id=application.pk, decision="refused", reason="x", by=officer, now=at("08:30"))
    with pytest.raises(access.NotAReviewer):
        documents.judge(
            document_id=application.documents.first().pk, verdict="accepted", note="", by=officer, now=at("08:30")
        )


def test_opening_a_document_for_review_is_recorded(hand_in, person, officer, at):
    document = hand_in(person).documents.get(kind="identity")
    documents.open_for_review(document_id=document.pk, by=officer, now=at("08:30"))
    entry = AuditEntry.objects.filter(kind="exams.applicationdocument", deed="unmasked").get()
    assert (entry.object_id, entry.actor_id) == (str(document.pk), officer.pk)


def test_a_waiver_is_claimed_only_where_the_rules_take_one(fill_in, rule, person):
    rule.scheme.skill_level_waives_training = False
    rule.scheme.save()
    application = fill_in(person, claims_waiver=True)
    assert not application.claims_waiver
    assert not eligibility.facts(person=person, rule=rule, day=DAY, application=application).waived


def test_the_database_wants_a_reason_and_an_officer(hand_in, person):
    application = hand_in(person)
    for changes in ({"status": "refused"}, {"status": "accepted"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Application.objects.filter(pk=application.pk).update(**changes)
    with pytest.raises(IntegrityError), transaction.atomic():
        ApplicationDocument.objects.update(verdict="rejected")


def test_the_database_wants_the_health_declared(rule, person, at):
    application = filling.begin(operation=rule.operation, person=person, by=person.user, now=at("08:00"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(status="submitted", submitted_at=at("08:10"))


def test_the_facts_cost_six_queries_where_nothing_was_sat_yet(fill_in, rule, person, django_assert_num_queries):
    application = fill_in(person)
    with django_assert_num_queries(6):
        eligibility.facts(person=person, rule=rule, day=DAY, application=application)


def test_what_led_to_no_exam_is_removed_after_its_time(
    hand_in, person, other_person, officer, at, settings, django_capture_on_commit_callbacks
):
    refused = hand_in(person)
    deciding.decide(application_id=refused.pk, decision="refused", reason="x", by=officer, now=at("08:30"))
    waits = hand_in(other_person)
    with django_capture_on_commit_callbacks(execute=True):
        assert forgetting.purge(at("08:29")) == 0
        assert forgetting.purge(at("09:00")) == 1
    assert list(Application.objects.all()) == [waits]
    assert len(list((settings.MEDIA_ROOT / "applications").iterdir())) == waits.documents.count()

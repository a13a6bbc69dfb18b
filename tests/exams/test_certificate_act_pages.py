"""Certificates in the administration: propose, decide, reinstate, replace; and what strangers then see."""

from datetime import date

import pytest

from accounts.enums import Role
from exams.actions import certificate_acts as acts
from exams.enums import CertificateEventKind as Kind
from exams.enums import CertificateStatus as Status
from exams.models import CertificateProposal
from exams.queries.certificates import verification
from tests.exams.certificate_fixtures import *  # noqa: F403

DAY = date(2026, 11, 24)


@pytest.fixture
def certifier(staff):
    return staff(Role.CERTIFIER)


@pytest.fixture
def officer(staff):
    return staff(Role.EXAM_OFFICER)


@pytest.fixture
def certificate(make_certificate, person):
    return make_certificate(person)


def propose(certificate, kind, by, at):
    return acts.propose(certificate_id=certificate.pk, kind=kind, reason="照片与本人不符", by=by, now=at("08:10"))


def status(certificate):
    return verification(certificate.code, day=DAY).status


@pytest.fixture
def clock(monkeypatch, at):
    monkeypatch.setattr("core.middleware.timezone.now", lambda: at("08:30"))


def test_the_whole_way_in_the_administration(certificate, certifier, officer, client, clock):
    from exams.permissions import grant_permissions

    grant_permissions()
    page = f"/admin/certificates/inspect/{certificate.pk}/"
    client.force_login(officer)
    assert certificate.code in client.get("/admin/certificates/?state=valid").text
    reply = client.post(f"/admin/certificates/{certificate.pk}/suspend/", {"reason": "举报核查"})
    assert (reply.status_code, reply["Location"]) == (302, page)
    proposal = CertificateProposal.objects.get()
    client.post(f"/admin/certificates/proposals/{proposal.pk}/decide/", {"decision": "approve"})
    assert status(certificate) == Status.VALID  # by the same person: refused

    client.force_login(certifier)
    assert "举报核查" in client.get("/admin/certificates/proposals/").text
    client.post(f"/admin/certificates/proposals/{proposal.pk}/decide/", {"decision": "approve"})
    assert status(certificate) == Status.SUSPENDED
    shown = client.get(page).text
    assert "举报核查" in shown
    assert certificate.person.name not in shown
    client.post(f"/admin/certificates/{certificate.pk}/reinstate/", {"reason": "核查无误"})
    assert status(certificate) == Status.VALID
    reply = client.post(f"/admin/certificates/{certificate.pk}/replace/", {"reason": "丢失"})
    assert reply["Location"] == f"/admin/certificates/inspect/{certificate.__class__.objects.latest('pk').pk}/"
    assert status(certificate) == Status.REPLACED


def test_a_refused_act_keeps_the_reason_in_the_form(certificate, certifier, client, clock):
    client.force_login(certifier)
    reply = client.post(f"/admin/certificates/{certificate.pk}/reinstate/", {"reason": "核查无误"})
    assert reply.status_code == 409
    assert "核查无误" in reply.text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_and_the_proposals_cost_the_same_for_one_and_three(
    make_certificate, make_person, certifier, client, clock, at, django_assert_num_queries, rows
):
    from exams.permissions import grant_permissions

    grant_permissions()
    client.force_login(certifier)
    for number in range(rows):
        made = make_certificate(make_person(), code=f"CODE{number}")
        propose(made, Kind.REVOKED, certifier, at)
    for path, cost in (("/admin/certificates/", LIST_COST), ("/admin/certificates/proposals/", PROPOSALS_COST)):
        client.get(path)
        with django_assert_num_queries(cost):
            assert client.get(path).status_code == 200


LIST_COST, PROPOSALS_COST = 15, 14


# What strangers see ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "verdict"), [({"suspended_at": "07:00"}, "suspended"), ({"replaced_at": "07:00"}, "replaced")]
)
def test_the_public_page_says_that_it_does_not_count(client, make_certificate, person, clock, at, fields, verdict):
    made = make_certificate(person, **{name: at(value) for name, value in fields.items()})
    page = client.get(f"/verify/{made.code}/")
    assert f'class="verdict verdict--{verdict}"' in page.text


def test_a_suspended_one_that_has_ended_is_expired(make_certificate, person, at):
    made = make_certificate(person, issued_on=date(2020, 11, 1), suspended_at=at("07:00"))
    assert made.status_on(DAY) == Status.EXPIRED

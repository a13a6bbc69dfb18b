"""Certificates as other houses' platforms read them, and what they are told."""

import pytest

from accounts.enums import Role
from clients.enums import Scope
from clients.models import Happening
from exams.actions import certificate_acts as acts
from exams.actions import certificates
from exams.enums import CertificateEventKind
from tests.clients.conftest import *  # noqa: F403
from tests.exams.certificate_fixtures import *  # noqa: F403


@pytest.fixture
def issued(make_practical, person, staff, credential_key, at):
    practical = make_practical(person)
    return certificates.issue(practical_id=practical.pk, by=staff(Role.CERTIFIER), now=at("09:00"))


def read(client, key, path=""):
    return client.get(f"/api/v1/platform/certificates{path}", headers={"Authorization": f"Bearer {key}"})


def test_a_certificate_is_read_masked_or_whole(client, key_with, issued, person):
    [item] = read(client, key_with(Scope.CERTIFICATES_READ)).json()["items"]
    assert (item["code"], item["status"], item["operation"]["code"]) == (issued.code, "valid", "0102")
    assert (item["number"], item["person"]["id_number"]) == (issued.masked_number, person.masked_id_number)
    assert item["url"].endswith(f"/verify/{issued.code}/")
    whole = read(client, key_with(Scope.CERTIFICATES_READ, Scope.IDENTITY_READ), f"/{issued.code.lower()}").json()
    assert (whole["number"], whole["person"]["name"]) == (issued.number, person.name)


def test_an_unknown_code_is_not_found(client, key_with):
    assert read(client, key_with(), "/ABCDEFGH2345").status_code == 404


def test_a_change_brings_it_up_again_and_is_told(client, key_with, issued, staff, at):
    key = key_with(Scope.CERTIFICATES_READ)
    before = read(client, key).json()["next"]
    proposal = acts.propose(
        certificate_id=issued.pk,
        kind=CertificateEventKind.SUSPENDED,
        reason="核查",
        by=staff(Role.EXAM_OFFICER),
        now=at("10:00"),
    )
    assert read(client, key, f"?after={before}").json()["items"] == []
    acts.approve(proposal_id=proposal.pk, by=issued.issued_by, now=at("11:00"))
    [item] = read(client, key, f"?after={before}").json()["items"]
    assert (item["code"], item["status"]) == (issued.code, "suspended")
    kinds = list(Happening.objects.values_list("kind", flat=True))
    assert kinds == ["certificate.issued", "certificate.suspended"]

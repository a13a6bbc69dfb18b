"""Status lists: which bits there are, which are set, and how a certificate gets its place."""

import base64
import gzip

import pytest
from django.db import IntegrityError, transaction

from exams.actions import credentials
from exams.actions.credentials import give_place
from exams.credentials import status
from exams.models import Credential
from exams.models.credentials import LIST_ENTRIES
from exams.queries.credentials import set_bits
from tests.exams.certificate_fixtures import *  # noqa: F403


@pytest.fixture(autouse=True)
def clock(monkeypatch, at, credential_key):
    monkeypatch.setattr("core.middleware.timezone.now", lambda: at("02:00"))


@pytest.fixture
def certificate(make_certificate, person):
    made = make_certificate(person)
    give_place(made)
    return made


def test_a_list_has_as_many_bits_as_the_standard_asks_for_and_the_first_is_the_leftmost():
    bits = gzip.decompress(base64.urlsafe_b64decode(status.encoded([0, 9, LIST_ENTRIES - 1])[1:] + "=="))
    assert len(bits) * 8 == 131_072
    assert (bits[0], bits[1], bits[-1], sum(bits)) == (0x80, 0x40, 0x01, 0x80 + 0x40 + 1)


def test_the_lists_name_only_what_was_taken_away(make_certificate, make_person, at):
    kinds = [{}, {"revoked_at": at("01:00")}, {"suspended_at": at("01:00")}, {"replaced_at": at("01:00")}]
    _valid, *places = [give_place(make_certificate(make_person(), **fields)).index for fields in kinds]
    revoked, suspended, replaced = places
    assert set_bits(purpose="revocation", number=1) == sorted([revoked, replaced])
    assert set_bits(purpose="suspension", number=1) == [suspended]


@pytest.mark.parametrize("name", ["revocation-2", "revocation-0", "message-1", "revocation", "1", "suspension-9999999"])
def test_there_is_no_other_list(client, certificate, name):
    assert client.get(f"/credentials/status/{name}/").status_code == 404


def test_a_place_is_given_once(certificate):
    assert give_place(certificate) == give_place(certificate)
    assert Credential.objects.count() == 1


def test_places_are_drawn_at_random(make_certificate, make_person):
    drawn = [give_place(make_certificate(make_person())).index for _ in range(8)]
    assert len(set(drawn)) == 8
    assert drawn != sorted(drawn)  # 1 in 40,320 comes in order
    assert max(drawn) > 100


def test_a_place_that_is_taken_is_drawn_anew(make_certificate, make_person, monkeypatch):
    draws = iter([5, 5, 5, 6])
    monkeypatch.setattr(credentials.secrets, "randbelow", lambda _: next(draws))
    first, second = (give_place(make_certificate(make_person())) for _ in range(2))
    assert [(first.list_number, first.index), (second.list_number, second.index)] == [(1, 5), (1, 6)]


def test_a_crowded_list_is_followed_by_a_new_one(make_certificate, make_person, monkeypatch):
    monkeypatch.setattr(credentials.secrets, "randbelow", lambda _: 5)
    places = [give_place(make_certificate(make_person())) for _ in range(2)]
    assert [(place.list_number, place.index) for place in places] == [(1, 5), (2, 5)]


def test_the_database_refuses_a_place_beyond_the_list_or_twice(certificate, make_certificate, make_person):
    place, other = certificate.credential, make_certificate(make_person())
    values = {"certificate": other, "list_number": place.list_number, "salt": "x"}
    for index, constraint in ((place.index, "one_credential_per_status_bit|UNIQUE"), (LIST_ENTRIES, "within_its_list")):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Credential.objects.create(index=index, **values)


def test_a_list_costs_one_query(client, certificate, at, django_assert_num_queries):
    type(certificate).objects.update(revoked_at=at("01:00"))
    with django_assert_num_queries(1):
        assert client.get("/credentials/status/revocation-1/").status_code == 200

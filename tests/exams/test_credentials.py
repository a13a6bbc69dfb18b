"""Credentials: signed so that any party verifies them offline, and their status lists."""

import base64
import hashlib
import io
import json
import stat
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from exams.actions.credentials import give_place
from exams.credentials import badge, issuer, keys
from exams.models import Credential
from tests.exams.certificate_fixtures import *  # noqa: F403
from tests.exams.credential_verifier import Invalid, verify

DID = "did:web:xuexi.example.gov.cn"


@pytest.fixture(autouse=True)
def clock(monkeypatch, at, credential_key):
    monkeypatch.setattr("core.middleware.timezone.now", lambda: at("02:00"))


@pytest.fixture
def certificate(make_certificate, person):
    made = make_certificate(person)
    give_place(made)
    return made


@pytest.fixture
def holder(client, person):
    client.force_login(person.user)
    return client


@pytest.fixture
def fetch(client):
    """Return a function that fetches an address of ours as a stranger would, and remembers what it got."""
    from django.test import Client

    stranger, kept = Client(), {}

    def get(url: str) -> bytes:
        if url not in kept:
            reply = stranger.get(urlsplit(url).path)
            assert reply.status_code == 200, url
            kept[url] = reply.content
        return kept[url]

    get.kept = kept
    return get


@pytest.fixture
def token(holder, certificate):
    return holder.get(f"/exams/certificates/{certificate.code}/credential.jwt").content.decode()


# Another party verifies -----------------------------------------------------------------------------------------------


def test_another_party_finds_a_certificate_valid(token, certificate, fetch, person, at):
    state, said = verify(token, fetch=fetch, now=at("02:00"))
    assert state == "valid"
    assert said["issuer"]["id"] == DID
    assert (said["validFrom"], said["validUntil"]) == ("2026-11-23T00:00:00+08:00", "2032-11-22T23:59:59+08:00")
    achievement = said["credentialSubject"]["achievement"]
    assert (achievement["name"], achievement["humanCode"]) == ("低压电工作业", "0102")
    name, number = said["credentialSubject"]["identifier"]
    assert (name["identityHash"], name["hashed"]) == ("王小电", False)
    expected = hashlib.sha256(f"T{person.id_number}{number['salt']}".encode()).hexdigest()
    assert (number["identityHash"], number["hashed"]) == (f"sha256${expected}", True)


def test_nothing_of_the_person_but_the_name_is_in_the_credential(token, person):
    payload = base64.urlsafe_b64decode(token.split(".")[1] + "==").decode()
    assert person.id_number not in payload
    assert person.id_number[6:14] not in payload
    assert str(person.born) not in payload


@pytest.mark.parametrize(
    ("field", "state"), [("revoked_at", "revoked"), ("suspended_at", "suspended"), ("replaced_at", "revoked")]
)
def test_another_party_sees_what_was_taken_away(token, certificate, fetch, field, state, at):
    type(certificate).objects.filter(pk=certificate.pk).update(**{field: at("01:00")})
    assert verify(token, fetch=fetch, now=at("02:00"))[0] == state


def test_a_reinstated_one_is_valid_again(token, certificate, fetch, at):
    rows = type(certificate).objects.filter(pk=certificate.pk)
    rows.update(suspended_at=at("01:00"))
    assert verify(token, fetch=fetch, now=at("02:00"))[0] == "suspended"
    fetch.kept.clear()
    rows.update(suspended_at=None)
    assert verify(token, fetch=fetch, now=at("02:00"))[0] == "valid"


def test_with_what_was_fetched_before_it_works_offline_for_a_day(token, fetch, at):
    verify(token, fetch=fetch, now=at("02:00"))
    assert sorted(urlsplit(url).path for url in fetch.kept) == [
        "/.well-known/did.json", "/credentials/status/revocation-1/", "/credentials/status/suspension-1/",
    ]  # fmt: skip
    offline = fetch.kept.__getitem__
    assert verify(token, fetch=offline, now=at("02:00") + timedelta(hours=24))[0] == "valid"
    with pytest.raises(Invalid, match="no longer valid"):
        verify(token, fetch=offline, now=at("02:00") + timedelta(hours=25))


def test_after_its_last_day_it_is_not_valid(token, fetch, at):
    with pytest.raises(Invalid, match="no longer valid"):
        verify(token, fetch=fetch, now=at("02:00").replace(year=2033))


@pytest.mark.parametrize("part", [0, 1, 2])
def test_one_changed_letter_breaks_it(token, fetch, part, at):
    parts = token.split(".")
    middle = len(parts[part]) // 2
    parts[part] = parts[part][:middle] + ("A" if parts[part][middle] != "A" else "B") + parts[part][middle + 1 :]
    with pytest.raises((Invalid, ValueError, KeyError)):
        verify(".".join(parts), fetch=fetch, now=at("02:00"))


def test_a_credential_of_another_key_is_not_ours(certificate, token, fetch, settings, tmp_path, at):
    verify(token, fetch=fetch, now=at("02:00"))
    settings.CREDENTIAL_KEY, settings.CREDENTIAL_KEY_PASSPHRASE = tmp_path / "other.pem", ""
    keys.make_key(path=settings.CREDENTIAL_KEY, passphrase="")
    forged = badge.token(certificate, place=certificate.credential, issued_by="别人")
    with pytest.raises(Invalid, match="not for assertions"):
        verify(forged, fetch=fetch, now=at("02:00"))


def test_what_an_old_key_signed_still_verifies_once_a_new_one_signs(token, fetch, settings, tmp_path, at):
    old = settings.CREDENTIAL_KEY
    passphrase = settings.CREDENTIAL_KEY_PASSPHRASE.encode()
    public = load_pem_private_key(old.read_bytes(), passphrase).public_key()
    new = tmp_path / "new.pem"
    keys.make_key(path=new, passphrase=settings.CREDENTIAL_KEY_PASSPHRASE)
    new.write_bytes(new.read_bytes() + public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    settings.CREDENTIAL_KEY = new
    assert verify(token, fetch=fetch, now=at("02:00"))[0] == "valid"
    assert len(json.loads(fetch.kept["https://xuexi.example.gov.cn/.well-known/did.json"])["verificationMethod"]) == 2


# The forms it comes in ------------------------------------------------------------------------------------------------


def test_the_json_form_is_an_envelope_around_the_same_token(holder, certificate, token):
    reply = holder.get(f"/exams/certificates/{certificate.code}/credential.json")
    assert reply["Content-Type"] == "application/vc"
    assert json.loads(reply.content) == {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "id": f"data:application/vc+jwt,{token}",
        "type": "EnvelopedVerifiableCredential",
    }


def test_the_token_is_a_private_download(holder, certificate):
    reply = holder.get(f"/exams/certificates/{certificate.code}/credential.jwt")
    assert reply["Content-Type"] == "application/vc+jwt"
    assert reply["Content-Disposition"] == f'attachment; filename="{certificate.code}.jwt"'
    assert sorted(reply["Cache-Control"].split(", ")) == ["no-store", "private"]
    assert reply["X-Content-Type-Options"] == "nosniff"


def test_one_issued_before_there_were_status_lists_gets_its_place(holder, make_certificate, person):
    made = make_certificate(person, code="BEFORE")
    assert holder.get("/exams/certificates/BEFORE/credential.jwt").status_code == 200
    assert Credential.objects.get().certificate == made


@pytest.mark.parametrize("kind", ["jwt", "json"])
def test_someone_elses_credential_is_not_found(client, certificate, other_person, kind):
    client.force_login(other_person.user)
    assert client.get(f"/exams/certificates/{certificate.code}/credential.{kind}").status_code == 404


def test_the_pdf_carries_the_same_credential(certificate, written, token, fetch, at):
    pdf = written(certificate).pdf.read()
    (name,) = (attachments := PdfReader(io.BytesIO(pdf)).attachments)
    assert (name, attachments[name]) == (f"{certificate.code}.jwt", [token.encode()])
    assert verify(attachments[name][0].decode(), fetch=fetch, now=at("02:00"))[0] == "valid"


def test_the_same_certificate_gives_the_same_token(certificate, token):
    assert badge.token(certificate, place=certificate.credential, issued_by="学会应急") == token


# Keys -----------------------------------------------------------------------------------------------------------------


def test_the_key_set_is_the_one_of_the_identity(client):
    document = json.loads(client.get("/.well-known/did.json").content)
    (method,) = document["verificationMethod"]
    reply = client.get("/.well-known/jwks.json")
    assert json.loads(reply.content) == {"keys": [method["publicKeyJwk"]]}
    assert (method["id"], reply["Access-Control-Allow-Origin"]) == (f"{DID}#{method['publicKeyJwk']['kid']}", "*")
    assert "d" not in method["publicKeyJwk"]


def test_the_name_of_a_key_is_its_thumbprint():
    """RFC 8037, appendix A.3."""
    x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    key = keys.PublicKey(Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(x + "=")))
    assert key.jwk["x"] == x
    assert key.kid == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def test_a_port_is_part_of_the_identity(settings):
    settings.BASE_URL = "http://127.0.0.1:8000"
    assert issuer.did() == "did:web:127.0.0.1%3A8000"


def test_the_command_makes_a_key_that_only_its_owner_reads_and_never_replaces_it(settings, tmp_path, capsys):
    settings.CREDENTIAL_KEY, settings.CREDENTIAL_KEY_PASSPHRASE = tmp_path / "keys/key.pem", ""
    call_command("make_credential_key")
    before = settings.CREDENTIAL_KEY.read_bytes()
    assert stat.S_IMODE(settings.CREDENTIAL_KEY.stat().st_mode) == 0o600
    call_command("make_credential_key", if_missing=True)
    with pytest.raises(CommandError, match="exists"):
        call_command("make_credential_key")
    assert settings.CREDENTIAL_KEY.read_bytes() == before
    assert capsys.readouterr().out == f"made {settings.CREDENTIAL_KEY}\n"


NO_KEYS = [None, b"", b"no key", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"]


@pytest.mark.parametrize("content", NO_KEYS)
def test_without_a_usable_key_the_error_names_the_setting(settings, tmp_path, content):
    settings.CREDENTIAL_KEY = tmp_path / "key.pem"
    if content is not None:
        settings.CREDENTIAL_KEY.write_bytes(content)
    with pytest.raises(keys.NoCredentialKey, match=r"^CREDENTIAL_KEY: "):
        keys.load_keys()


def test_a_wrong_passphrase_is_told(settings):
    settings.CREDENTIAL_KEY_PASSPHRASE = "wrong"
    with pytest.raises(keys.NoCredentialKey, match="CREDENTIAL_KEY_PASSPHRASE"):
        keys.load_keys()

"""The emergency answer file: opened here, looked at, taken in once, kept as evidence afterwards."""

import base64
import json
import os
import stat
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import load_der_public_key

from core.models import AuditEntry
from exams.actions import attempts
from exams.actions.answers import Change, save
from exams.actions.emergency import OtherSitting, take_in
from exams.actions.invigilation import NotOnDuty
from exams.documents import emergency
from exams.models import Answer, LateAnswer

from .invigilation_fixtures import *  # noqa: F403


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("emergency")


@pytest.fixture(autouse=True)
def key_file(settings, folder):
    """One key for all these tests: making it takes longer than they do."""
    settings.EMERGENCY_KEY = folder / "keys" / "emergency-key.pem"
    return settings.EMERGENCY_KEY


def sealed(attempt_id, answers, *, inner_attempt=None, **changed) -> bytes:
    """Return a file as the page writes it."""
    public = load_der_public_key(base64.b64decode(emergency.public_key()))
    key, iv = os.urandom(32), os.urandom(12)
    inner = {"attempt": str(inner_attempt or attempt_id), "answers": answers}
    data = AESGCM(key).encrypt(iv, json.dumps(inner).encode(), None)
    parts = {"key": public.encrypt(key, emergency.OAEP), "iv": iv, "data": data}
    outer = {"v": 1, "attempt": str(attempt_id)}
    outer |= {name: base64.b64encode(value).decode() for name, value in parts.items()}
    return json.dumps(outer | changed).encode()


def row(slot, response="A", seq=10):
    return {"slot": slot, "response": response, "marked": False, "seq": seq}


def take(attempt, content, by, at, clock="10:00", apply=True):
    return take_in(content=content, sitting_id=attempt.admission.sitting_id, by=by, now=at(clock), apply=apply)


def test_a_look_tells_what_is_newer_and_changes_nothing(running, invigilator, at):
    save(attempt_id=running.pk, lease=running.lease, change=Change(1, "B", False, 20), now=at("09:30"))
    rows = [row(1), row(2, "A", 11), row(2, "B", 12), row(99), row(3, "AB"), {"slot": 4}]
    look = take(running, sealed(running.pk, rows), invigilator, at, apply=False)
    assert (look.newer, look.older, look.bad, look.takes_answers, look.done) == (1, 1, 3, True, False)
    assert (look.ticket, look.name) == (running.admission.ticket, "**电")
    assert Answer.objects.count() == 1


def test_taken_in_the_newer_answers_count_and_the_older_do_not_overwrite(running, invigilator, at):
    save(attempt_id=running.pk, lease=running.lease, change=Change(1, "B", False, 20), now=at("09:30"))
    take(running, sealed(running.pk, [row(1), row(2, "B", 12), row(2, "A", 11)]), invigilator, at)
    assert list(Answer.objects.order_by("slot").values_list("slot", "response", "seq")) == [(1, "B", 20), (2, "B", 12)]
    entry = AuditEntry.objects.filter(kind="exams.attempt").get()
    assert entry.after == {"answers": 1, "scored": True}


def test_the_same_file_twice_has_no_effect_the_second_time(running, invigilator, at):
    content = sealed(running.pk, [row(1), row(2)])
    take(running, content, invigilator, at)
    again = take(running, content, invigilator, at, "10:05")
    assert (again.newer, again.older) == (0, 2)
    assert set(Answer.objects.values_list("saved_at", flat=True)) == {at("10:00")}
    assert AuditEntry.objects.filter(kind="exams.attempt").count() == 1


@pytest.mark.parametrize("ended", ["handed in", "overdue"])
def test_after_the_end_they_are_kept_as_evidence_once_and_not_scored(running, invigilator, at, ended):
    if ended == "handed in":
        attempts.submit(attempt_id=running.pk, lease=running.lease, now=at("10:00"))
    content = sealed(running.pk, [row(1), row(2)])
    clock = "10:05" if ended == "handed in" else "11:00:31"
    look = take(running, content, invigilator, at, clock)
    again = take(running, content, invigilator, at, "11:30")
    assert (look.newer, look.takes_answers, again.newer) == (2, False, 0)
    assert (LateAnswer.objects.count(), Answer.objects.count()) == (2, 0)


def test_evidence_counts_once_more_time_is_given(running, invigilator, at):
    content = sealed(running.pk, [row(1)])
    take(running, content, invigilator, at, "11:00:31")
    running.refresh_from_db()
    running.accepts_until = at("12:00")
    running.save()
    assert take(running, content, invigilator, at, "11:05").takes_answers
    assert Answer.objects.get().response == "A"


def test_a_file_of_another_sitting_is_refused(running, sitting, invigilator, at):
    with pytest.raises(OtherSitting):
        take(running, sealed(uuid4(), [row(1)]), invigilator, at)


def test_without_duty_it_is_refused(running, other_person, at):
    for by in (other_person.user, running.person.user):
        with pytest.raises(NotOnDuty):
            take(running, sealed(running.pk, [row(1)]), by, at)
    assert not Answer.objects.exists()


def flipped(content: bytes) -> bytes:
    outer = json.loads(content)
    data = bytearray(base64.b64decode(outer["data"]))
    data[0] ^= 1
    return json.dumps(outer | {"data": base64.b64encode(data).decode()}).encode()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda pk: b"",
        lambda pk: b"[" * 100_000,
        lambda pk: b"[]",
        lambda pk: b"\xff\xfe",
        lambda pk: b" " * (emergency.MAX_BYTES + 1),
        lambda pk: sealed(pk, [], v=2),
        lambda pk: sealed(pk, [], key="AAAA"),
        lambda pk: sealed(pk, [], iv=""),
        lambda pk: sealed(pk, [], iv=7),
        lambda pk: sealed(pk, [], data="not base64!"),
        lambda pk: sealed(pk, "AAAA"),
        lambda pk: sealed(pk, [], attempt="1"),
        lambda pk: sealed(pk, [], attempt=str(uuid4())),
        lambda pk: sealed(pk, [], inner_attempt=uuid4()),
        lambda pk: flipped(sealed(pk, [])),
    ],
)
def test_what_is_no_file_of_ours_or_was_changed_is_refused(spoil):
    with pytest.raises(emergency.BadFile):
        emergency.open_file(spoil(uuid4()))


def test_a_file_for_another_servers_key_is_refused(settings, tmp_path):
    content = sealed(uuid4(), [])
    settings.EMERGENCY_KEY = tmp_path / "other.pem"
    with pytest.raises(emergency.BadFile):
        emergency.open_file(content)


def test_the_key_is_made_once_and_readable_by_its_owner_only(key_file):
    first = emergency.public_key()
    emergency._private.cache_clear(), emergency._public.cache_clear()
    assert emergency.public_key() == first
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert [file.name for file in key_file.parent.iterdir()] == [key_file.name]


def test_of_two_processes_that_make_the_key_one_wins(key_file):
    emergency._make(key_file)
    kept = key_file.read_bytes()
    emergency._make(key_file)
    assert key_file.read_bytes() == kept


def test_where_no_key_can_be_made_the_exam_goes_on_without(settings, tmp_path, caplog):
    (tmp_path / "file").touch()
    settings.EMERGENCY_KEY = tmp_path / "file" / "key.pem"
    assert emergency.public_key() == ""
    assert "no emergency key" in caplog.text

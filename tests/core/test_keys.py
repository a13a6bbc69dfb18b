"""Field keys rotate beside running traffic, and the old one can go."""

import pytest
from django.core.management import CommandError, call_command

from accounts.actions import persons
from accounts.models import Person
from core import encryption
from core.actions import keys
from core.encryption import Undecryptable
from core.models import AuditEntry
from tests.conftest import id_number

OLD = "1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
NEW = "2:ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8="
COLUMN = keys.Sealed(Person, "id_number")


@pytest.fixture(autouse=True)
def columns_only(settings):
    """What the rooms seal outside columns has tests of its own."""
    settings.SEALED_ELSEWHERE = []


@pytest.fixture
def three_persons(db, at):
    for serial in (1, 2, 3):
        persons.register(name="王小电", id_number=id_number(serial), user=None, by=None, now=at("08:00"))


def numbers() -> list[str]:
    return list(Person.objects.order_by("pk").values_list("id_number", flat=True))


def test_after_the_rotation_the_old_key_can_go(three_persons, settings):
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    assert keys.rotate(said=lambda line: None) == {"accounts.person.id_number": 3}
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    assert numbers() == [id_number(1), id_number(2), id_number(3)]


def test_before_the_rotation_the_old_key_is_missed(three_persons, settings):
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    with pytest.raises(Undecryptable):
        numbers()


def test_the_rotation_stops_at_a_value_whose_key_is_gone(three_persons, settings):
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    with pytest.raises(CommandError, match="Put its key back"):
        call_command("rotate_keys")
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    assert keys.by_key(COLUMN) == {"1": 3}


def test_an_interrupted_rotation_goes_on_where_it_stopped(three_persons, settings, monkeypatch):
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    monkeypatch.setattr(keys, "ROWS_AT_ONCE", 1)

    def killed(line):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        keys.rotate(said=killed)
    assert keys.by_key(COLUMN) == {"1": 2, "2": 1}
    assert keys.rotate(said=lambda line: None) == {"accounts.person.id_number": 2}
    assert keys.by_key(COLUMN) == {"2": 3}


def seal_elsewhere() -> int:
    return 7


def test_what_is_sealed_outside_columns_is_sealed_anew_too(db, settings):
    settings.SEALED_ELSEWHERE = ["tests.core.test_keys.seal_elsewhere"]
    assert keys.rotate(said=lambda line: None) == {"tests.core.test_keys.seal_elsewhere": 7}


def test_a_row_changed_meanwhile_is_left_alone(three_persons, settings):
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    pk, stored = COLUMN.rows().order_by("pk").values_list("pk", "stored")[0]
    person = Person.objects.get(pk=pk)
    person.id_number = id_number(9)
    person.save()
    assert keys._seal_anew(COLUMN, pk, stored) == 0
    assert Person.objects.get(pk=pk).id_number == id_number(9)


def test_the_rotation_is_recorded_without_a_value(three_persons, settings):
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    keys.rotate(said=lambda line: None)
    entry = AuditEntry.objects.get(reason="field key rotated")
    assert (entry.kind, entry.after) == ("accounts.person", {"column": "id_number", "rows": 3, "key": "2"})


def test_check_counts_the_rows_under_each_key_and_ends_badly_while_an_old_one_is_used(three_persons, settings, capsys):
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    with pytest.raises(CommandError, match="3 values lie under older keys"):
        call_command("rotate_keys", "--check")
    assert "accounts.person.id_number  key 1: 3 rows" in capsys.readouterr().out
    call_command("rotate_keys")
    out = capsys.readouterr().out
    assert "accounts.person.id_number  key 2: 3 rows" in out
    assert "Everything lies under key 2" in out


def test_every_sealed_field_of_every_room_is_rotated():
    found = {str(column) for column in keys.sealed_columns()}
    assert {
        "accounts.person.id_number",
        "accounts.user.phone",
        "accounts.rosterline.cells",
        "exams.certificate.number",
        "wechat.inboundmessage.content",
    } <= found
    assert encryption.encrypt("x").startswith("1:")

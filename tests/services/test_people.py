"""People on PostgreSQL: merges, keys and backups beside running traffic."""

import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.actions import merging, persons
from accounts.models import Person, User
from core.actions import keys
from core.models import AuditEntry
from tests.conftest import id_number
from tests.services.test_races import on_own_connection

NEW_KEY = "2:ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8="


def make(at, serial: int) -> Person:
    return persons.register(name="王小电", id_number=id_number(serial), user=None, by=None, now=at("08:00"))


def test_two_opposite_merges_at_once_leave_one_person_and_no_deadlock(services, transactional_db, at):
    officer = User.objects.create_user("officer")
    one, other = make(at, 1), make(at, 2)
    gate = threading.Barrier(2)

    @on_own_connection
    def merge(keep, drop):
        gate.wait()
        try:
            merging.merge(keep_id=keep.pk, drop_id=drop.pk, reason="twice", by=officer, now=at("12:00"))
        except merging.NotTwoPersons:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(merge, (one, other), (other, one)))
    assert outcomes == [False, True]
    assert Person.objects.filter(merged_into=None).count() == 1
    assert AuditEntry.objects.filter(deed="merged").count() == 2


def test_keys_rotate_while_people_are_changed(services, transactional_db, settings, at, monkeypatch):
    for serial in range(40):
        make(at, serial)
    settings.FIELD_ENCRYPTION_KEYS = [NEW_KEY, *settings.FIELD_ENCRYPTION_KEYS]
    monkeypatch.setattr(keys, "ROWS_AT_ONCE", 5)
    pks = list(Person.objects.order_by("-pk").values_list("pk", flat=True))

    @on_own_connection
    def rewrite():
        for pk in pks:
            person = Person.objects.get(pk=pk)
            person.id_number = f"changed {pk}"
            person.save(update_fields=["id_number"])

    with ThreadPoolExecutor(1) as pool:
        changing = pool.submit(rewrite)
        keys.rotate(said=lambda line: None)
        changing.result()
    assert keys.by_key(keys.Sealed(Person, "id_number")) == {"2": 40}
    settings.FIELD_ENCRYPTION_KEYS = [NEW_KEY]
    assert dict(Person.objects.values_list("pk", "id_number")) == {pk: f"changed {pk}" for pk in pks}


@pytest.fixture
def empty_database(services):
    """The name of a database without a table, dropped afterwards."""
    name = f"{connection.settings_dict['NAME']}_empty"
    with psycopg.connect(services["DATABASE_URL"], autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}"')
        yield name
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def elsewhere(empty_database):
    """Our connection, pointing to the empty database."""
    before = connection.settings_dict["NAME"]

    def turn():
        connection.close()
        connection.settings_dict["NAME"] = empty_database

    yield turn
    connection.close()
    connection.settings_dict["NAME"] = before


def test_a_backup_comes_back_into_an_empty_database(
    services, transactional_db, elsewhere, settings, tmp_path, at, capsys
):
    settings.MEDIA_ROOT = tmp_path / "media"
    make(at, 1)
    file = tmp_path / "backup.sealed"
    call_command("backup", str(file))
    elsewhere()
    call_command("restore", str(file))
    assert Person.objects.get().id_number == id_number(1)
    call_command("migrate", "--check", verbosity=0)
    with pytest.raises(CommandError, match="the database has tables"):
        call_command("restore", str(file))
    assert "is back: postgresql" in capsys.readouterr().out


def test_a_backup_with_the_wrong_key_leaves_the_empty_database_empty(
    services, transactional_db, elsewhere, settings, tmp_path, at
):
    settings.MEDIA_ROOT = tmp_path / "media"
    make(at, 1)
    file = tmp_path / "backup.sealed"
    call_command("backup", str(file))
    elsewhere()
    settings.BACKUP_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
    with pytest.raises(CommandError, match="sealed under another key"):
        call_command("restore", str(file))
    assert connection.introspection.table_names() == []

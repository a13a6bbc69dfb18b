"""A sealed backup comes back with its key, and not without; personal data in it also needs the field keys."""

import base64
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.actions import persons
from accounts.models import Person
from core.encryption import Undecryptable
from core.models import AuditEntry
from tests.conftest import id_number

OTHER_KEY = base64.b64encode(bytes(32)).decode()
OTHER_FIELD_KEY = "1:" + base64.b64encode(bytes(range(1, 33))).decode()


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    photo = settings.MEDIA_ROOT / "photos/王.jpg"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"a photo")
    return photo


@pytest.fixture
def backup(transactional_db, media, tmp_path, at) -> Path:
    """A backup of one person and a photo; afterwards both are gone."""
    persons.register(name="王小电", id_number=id_number(1), user=None, by=None, now=at("08:00"))
    file = tmp_path / "backup.sealed"
    call_command("backup", str(file))
    Person.objects.all().delete()
    media.unlink()
    return file


def test_a_backup_is_restored_with_its_key(backup, media, capsys):
    call_command("restore", str(backup), "--replace")
    person = Person.objects.get()
    assert (person.name, person.id_number) == ("王小电", id_number(1))
    assert media.read_bytes() == b"a photo"
    assert f"is back: {connection.vendor}, 1 files" in capsys.readouterr().out
    assert AuditEntry.objects.filter(kind="core.backup").values_list("deed", flat=True)[0] == "imported"


def test_without_its_key_nothing_is_touched(backup, media, settings):
    settings.BACKUP_KEY = OTHER_KEY
    entries = AuditEntry.objects.count()
    with pytest.raises(CommandError, match="Nothing was restored: sealed under another key"):
        call_command("restore", str(backup), "--replace")
    assert (Person.objects.count(), media.exists(), AuditEntry.objects.count()) == (0, False, entries)


def test_numbers_of_a_restored_backup_need_the_field_keys(backup, settings):
    call_command("restore", str(backup), "--replace")
    settings.FIELD_ENCRYPTION_KEYS = [OTHER_FIELD_KEY]
    with pytest.raises(Undecryptable):
        Person.objects.get()


def test_a_backup_shows_nothing_without_the_key(backup):
    sealed = backup.read_bytes()
    assert "王小电".encode() not in sealed
    assert b"accounts_person" not in sealed
    assert b"photos" not in sealed
    assert backup.stat().st_mode & 0o777 == 0o600


def test_a_backup_cut_short_is_refused_before_anything_is_touched(backup, media):
    backup.write_bytes(backup.read_bytes()[:-1])
    with pytest.raises(CommandError, match="cut short"):
        call_command("restore", str(backup), "--replace")
    assert Person.objects.count() == 0
    assert not media.exists()


def test_what_is_there_is_replaced_only_when_asked(backup):
    with pytest.raises(CommandError, match=r"Nothing was touched: the database has tables\. With --replace"):
        call_command("restore", str(backup))
    assert Person.objects.count() == 0


def test_verify_only_reads(backup, media, capsys):
    call_command("restore", str(backup), "--verify")
    assert "is whole" in capsys.readouterr().out
    assert Person.objects.count() == 0
    assert not media.exists()


def test_a_backup_overwrites_no_file(backup):
    before = backup.read_bytes()
    with pytest.raises(CommandError, match="overwrites nothing"):
        call_command("backup", str(backup))
    assert backup.read_bytes() == before


def test_without_a_key_no_backup_is_made_and_nothing_is_left(db, settings, tmp_path):
    settings.BACKUP_KEY = ""
    with pytest.raises(CommandError, match="No backup was made"):
        call_command("backup", str(tmp_path / "backup.sealed"))
    assert list(tmp_path.iterdir()) == []


def test_no_clear_copy_stays_behind(backup):
    assert list(Path(configured.VAR).rglob("database")) == []

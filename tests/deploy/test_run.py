"""What stops `make run` before it starts anything, each in one clear line."""

import shutil
import socket
from collections import namedtuple
from types import SimpleNamespace

import environment
import prepare
import pytest
import run
from steps import Stop

Usage = namedtuple("Usage", "total used free")


@pytest.mark.parametrize("text", ["0", "65536", "http", "-1", "80.5"])
def test_a_port_that_is_none_is_refused(text, monkeypatch):
    monkeypatch.setenv("PORT", text)
    with pytest.raises(Stop, match="PORT must be a number from 1 to 65535"):
        run._port()


@pytest.mark.parametrize(("text", "port"), [("", 8000), ("8765", 8765)])
def test_the_port_comes_from_the_environment(text, port, monkeypatch):
    monkeypatch.setenv("PORT", text)
    assert run._port() == port


def test_a_taken_port_is_said_with_what_to_type_instead():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Stop) as stop:
            run._check_address("127.0.0.1", port)
    assert str(stop.value) == f"Port {port} is taken; choose another: PORT={port + 1} make run"


def test_a_disk_too_small_for_the_first_set_up_is_said_in_figures(monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**12, 10**12 - 10**9, 10**9))
    monkeypatch.setattr(environment, "is_ready", lambda purpose: False)
    with pytest.raises(Stop, match=r"needs 4 GB of disk and .* has 1\.0 GB free"):
        run._check_disk()


def test_a_later_start_does_not_ask_for_that_disk_again(monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**12, 10**12 - 10**9, 10**9))
    monkeypatch.setattr(environment, "is_ready", lambda purpose: True)
    run._check_disk()


def test_two_servers_do_not_share_one_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    with run._alone(), pytest.raises(Stop, match="Another make run serves the data"), run._alone():
        pass
    with run._alone():
        pass


def test_the_accounts_are_said_below_the_address_and_only_once(monkeypatch, capsys):
    monkeypatch.setenv("BASE_URL", "http://127.0.0.1:8765")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", run.EMBEDDED)
    accounts = ["  account trainee  陈小电  user=trainee password=abcd-efgh-jkmn"]
    run._welcome(accounts)
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "学会应急 is at http://127.0.0.1:8765/  (Ctrl-C stops it)"
    assert lines[2] == "  account trainee  陈小电  user=trainee password=abcd-efgh-jkmn"
    assert accounts == []


@pytest.fixture
def place(monkeypatch, tmp_path):
    """A folder that looks prepared."""
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "db.sqlite3").touch()
    for name in ("static", "kb", "keys"):
        (tmp_path / name).mkdir()
    (tmp_path / "prepared").write_text(prepare.wanted())
    return tmp_path


def test_a_prepared_place_is_left_alone(place):
    assert prepare.is_prepared()


def test_a_place_without_its_database_is_prepared_again(place):
    (place / "db.sqlite3").unlink()
    assert not prepare.is_prepared()


def test_a_place_whose_address_changed_is_prepared_again(place, monkeypatch):
    monkeypatch.setenv("BASE_URL", "http://127.0.0.1:9999")
    assert not prepare.is_prepared()


def test_a_database_server_is_always_prepared(place, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1/xuehui")
    assert not prepare.is_prepared()


def test_output_written_in_pieces_is_kept_by_line():
    progress = prepare.Progress(SimpleNamespace(last=""))
    for text in ("  Applying a...", " OK\n  Applying b...", " OK\n"):
        progress.write(text)
    assert progress.lines == ["  Applying a... OK", "  Applying b... OK", ""]

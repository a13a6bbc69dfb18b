"""`make test` fails when a part fails, and also when a part ran nothing."""

import sys

import bench
import pytest
import stores
import test as runner
from steps import Stop

REPORT = """<testsuites><testsuite tests="7" failures="1" errors="1" skipped="2"/></testsuites>"""
GOOD = {"tests": 5, "failures": 0, "errors": 0, "skipped": 0}
NONE = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}


def test_counts_are_read_from_pytests_report(tmp_path):
    (tmp_path / "report.xml").write_text(REPORT)
    assert runner.read_counts(tmp_path / "report.xml") == {"tests": 7, "failures": 1, "errors": 1, "skipped": 2}


def test_a_missing_report_counts_nothing(tmp_path):
    assert runner.read_counts(tmp_path / "report.xml") == NONE


def test_all_parts_good_is_status_0_with_a_line_each(capsys):
    assert runner.summarise([runner.Outcome("embedded unit", GOOD, 0, 12.3)], 61) == 0
    assert capsys.readouterr().out.splitlines() == [
        "",
        "== 5 tests in 1.0 minutes ==",
        "  embedded unit      5 passed, 0 failed, 0 skipped          12.3 s  ",
    ]


@pytest.mark.parametrize(
    ("counts", "status", "fault"),
    [
        (GOOD, 1, "FAILED (pytest ended with 1)"),
        (NONE, 5, "FAILED (pytest ended with 5)"),
        (NONE, 0, "FAILED (no test ran)"),
        ({**GOOD, "skipped": 1}, 0, "FAILED (a skipped test proves nothing)"),
    ],
)
def test_a_part_that_failed_or_left_something_out_fails_the_whole(counts, status, fault):
    outcome = runner.Outcome("services browser", counts, status, 1.0)
    assert outcome.fault == fault
    assert runner.summarise([runner.Outcome("unit", GOOD, 0, 1.0), outcome], 2.0) == 1


def test_a_profile_that_does_not_exist_is_refused(monkeypatch):
    monkeypatch.setenv("PROFILE", "both")
    with pytest.raises(Stop, match="PROFILE is one of embedded, services, all, not 'both'"):
        runner.test()


def test_a_redis_that_was_named_but_does_not_answer_is_refused(monkeypatch):
    monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{stores._free_port()}")
    with pytest.raises(Stop, match="REDIS_URL names a Redis that does not answer"), stores.redis(None):
        pass


def test_a_postgresql_that_was_named_but_does_not_answer_is_refused(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"postgresql://127.0.0.1:{stores._free_port()}/none")
    with pytest.raises(Stop, match="DATABASE_URL names a PostgreSQL that does not answer"), stores.database(None):
        pass


def test_what_is_missing_and_may_not_be_installed_is_said_with_the_package(monkeypatch):
    monkeypatch.setattr(stores.debian, "privilege", lambda: None)
    monkeypatch.setattr(stores.shutil, "which", lambda name: None)
    with pytest.raises(Stop) as stop, stores._private_redis(None):
        pass
    assert str(stop.value) == "Redis is missing; install it (Debian: apt-get install redis-server) and run again."


@pytest.mark.parametrize(("ending", "rows"), [("", 1), ("; raise SystemExit(1)", 0)])
def test_a_measurement_counts_only_if_its_program_succeeds(ending, rows, tmp_path, capsys):
    program = tmp_path / "save.py"
    line = '{"name": "save one answer", "unit": "ms", "value": 1.4, "detail": "median"}'
    program.write_text(f"print('noise'); print('{line}'){ending}\n")
    assert len(bench.measure(program)) == rows
    assert sys.executable
    assert "save one answer" in capsys.readouterr().out

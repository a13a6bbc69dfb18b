"""Rosters with real workers on PostgreSQL: one is killed in the middle, the next one goes on, nobody comes in twice."""
# ruff: noqa: F811  (fixtures are imported by name)

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.actions.rosters import deciding
from accounts.enums import RosterMode, RosterState
from accounts.models import Membership, Person, RosterImport
from core.models import AuditEntry
from tests.accounts.organisation_fixtures import company, manager  # noqa: F401
from tests.accounts.roster_files import TITLES, xlsx
from tests.conftest import id_number
from tests.e2e.stack import ROOT
from tests.services.test_worker import environment

PEOPLE = 6000
STARTS_WITHIN, WORKS_WITHIN = 60, 120


@pytest.fixture
def start_worker(services, transactional_db):
    """Return a function that starts a worker process on this test's database and files; all are killed at the end."""
    started = []

    def start() -> subprocess.Popen:
        options = ["--pool", "solo", "-Q", f"test-{os.getpid()}", "-l", "INFO"]
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "celery",
                "-A",
                "config",
                "worker",
                *options,
                "--without-mingle",
                "--without-gossip",
            ],
            cwd=ROOT,
            env=environment(services),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        until = time.monotonic() + STARTS_WITHIN
        seen = []
        for line in process.stdout:
            seen.append(line)
            if "ready." in line or time.monotonic() > until:
                break
        assert "ready." in seen[-1], "".join(seen[-30:])
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def send(services, task: str, **kwargs) -> None:
    """Put a task into this test's queue from a process that uses the real broker."""
    code = (
        "import os, config; from celery import current_app; "
        f"current_app.send_task({task!r}, kwargs={kwargs!r}, queue=os.environ['QUEUE'])"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment(services), check=True, timeout=60)


def wait_for(condition, what: str):
    until = time.monotonic() + WORKS_WITHIN
    while not (found := condition()):
        assert time.monotonic() < until, what
        time.sleep(0.02)
    return found


def kill(worker: subprocess.Popen) -> None:
    worker.send_signal(signal.SIGKILL)
    worker.wait()


def silent_for_a_minute(roster: RosterImport) -> None:
    """Let the dead worker's claim be old, which a test cannot wait for."""
    RosterImport.objects.filter(pk=roster.pk).update(claimed_at=timezone.now() - timedelta(seconds=61))


def halfway(roster: RosterImport, field: str):
    return lambda: RosterImport.objects.filter(pk=roster.pk, **{f"{field}__gt": 0, f"{field}__lt": PEOPLE}).first()


@pytest.mark.parametrize("mode", [RosterMode.GOOD_LINES, RosterMode.ALL_OR_NOTHING])
def test_a_killed_worker_is_followed_by_another_and_nobody_comes_in_twice(
    services, start_worker, company, manager, mode
):
    rows = [
        TITLES,
        *(
            (n, "王安" + "全" * (n % 2), id_number(n % 999 + 1, f"19{60 + n // 999}0307"), "", "电工")
            for n in range(PEOPLE)
        ),
    ]
    roster = deciding.upload(
        organisation=company, filename="花名册.xlsx", data=xlsx(rows), by=manager, now=timezone.now()
    )
    first = start_worker()
    send(services, "accounts.tasks.read_roster", roster_id=str(roster.pk))
    wait_for(halfway(roster, "read"), "nothing was read")
    kill(first)
    left = RosterImport.objects.get(pk=roster.pk)
    assert (left.state, left.read) == (RosterState.UPLOADED, left.lines.count())
    assert 0 < left.read < PEOPLE

    silent_for_a_minute(roster)
    second = start_worker()
    send(services, "accounts.tasks.carry_on_rosters")
    wait_for(lambda: RosterImport.objects.filter(pk=roster.pk, state=RosterState.READ).exists(), "not read")
    assert list(roster.lines.order_by("pk").values_list("number", flat=True)) == list(range(2, PEOPLE + 2))

    deciding.confirm(roster_id=roster.pk, mode=mode, by=manager, now=timezone.now())
    send(services, "accounts.tasks.take_in_roster", roster_id=str(roster.pk))
    if mode == RosterMode.GOOD_LINES:
        wait_for(halfway(roster, "done"), "nobody was taken in")
        kill(second)
        assert Membership.objects.count() == RosterImport.objects.get(pk=roster.pk).done
    else:  # nothing of it can be seen before the end
        wait_for(lambda: RosterImport.objects.get(pk=roster.pk).claimed_at, "nobody began")
        time.sleep(0.3)
        kill(second)
        wait_for(lambda: Membership.objects.count() == 0, "half of all or nothing was kept")

    silent_for_a_minute(roster)
    start_worker()
    send(services, "accounts.tasks.carry_on_rosters")
    wait_for(lambda: RosterImport.objects.filter(pk=roster.pk, state=RosterState.DONE).exists(), "not done")
    done = RosterImport.objects.get(pk=roster.pk)
    assert (done.done, Person.objects.count(), Membership.objects.count()) == (PEOPLE, PEOPLE, PEOPLE)
    assert (
        sum(
            AuditEntry.objects.filter(deed="imported", after__has_key="persons").values_list(
                "after__members", flat=True
            )
        )
        == PEOPLE
    )

"""A real Celery worker over the real broker."""

import os
import subprocess
import sys
import time
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from exams.actions import attempts
from exams.enums import AttemptStatus
from exams.models import Attempt
from tests.e2e.stack import ROOT
from tests.exams.conftest import *  # noqa: F403  (the small exam)

WORKER_STARTS_WITHIN = 60
GRADED_WITHIN = 20


def environment(services) -> dict[str, str]:
    """Return an environment in which a process works on this test's own database and a queue of its own."""
    database = urlsplit(services["DATABASE_URL"])._replace(path="/" + connection.settings_dict["NAME"])
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.services.worker_settings",
        "DATABASE_URL": urlunsplit(database),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        "QUEUE": f"test-{os.getpid()}",
    }


@pytest.fixture
def worker(services, transactional_db):
    """A worker process that is ready."""
    queue = f"test-{os.getpid()}"
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--pool", "solo", "-Q", queue, "-l", "INFO"]
    with subprocess.Popen(
        [*command, "--without-mingle", "--without-gossip", "--without-heartbeat"],
        cwd=ROOT,
        env=environment(services),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        seen = []
        until = time.monotonic() + WORKER_STARTS_WITHIN
        for line in process.stdout:
            seen.append(line)
            if "ready." in line or time.monotonic() > until:
                break
        assert "ready." in seen[-1], "".join(seen[-30:])
        yield process
        process.kill()


def send(services, attempt_id) -> None:
    """Put the grading task into the queue from a process that uses the real broker."""
    code = (
        "import os, config; from celery import current_app; "
        f"current_app.send_task('exams.tasks.grade', kwargs={{'attempt_id': '{attempt_id}'}}, "
        "queue=os.environ['QUEUE'])"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment(services), check=True, timeout=60)


def wait_until_graded(attempt_id) -> Attempt:
    until = time.monotonic() + GRADED_WITHIN
    while (attempt := Attempt.objects.get(pk=attempt_id)).status != AttemptStatus.GRADED:
        assert time.monotonic() < until, attempt.status
        time.sleep(0.2)
    return attempt


def test_a_submitted_attempt_is_graded_by_the_worker_once_though_sent_twice(worker, services, running, at):
    attempts.submit(attempt_id=running.pk, lease=running.lease, now=at("10:00"))
    send(services, running.pk)
    send(services, running.pk)
    graded = wait_until_graded(running.pk)
    time.sleep(1)
    assert graded.results.count() == 1

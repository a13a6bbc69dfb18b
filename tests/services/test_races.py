"""Races on PostgreSQL: real connections, real locks."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import connection, connections, transaction

from exams.actions import answers, attempts, grading
from exams.actions.answers import Change
from exams.actions.attempts import AttemptClosed
from exams.models import Answer, Attempt, Result
from exams.queries.papers import key_of
from tests.exams.conftest import *  # noqa: F403  (the small exam)

SAVERS = 8
ROUNDS = 25


def on_own_connection(work):
    """Return ``work`` so that its thread's connections are closed afterwards."""

    def run(*args):
        try:
            return work(*args)
        finally:
            connections.close_all()

    return run


def test_this_profile_really_uses_postgresql_and_redis(services, transactional_db):
    assert connection.vendor == "postgresql"
    cache.set("services-profile", "here", 10)
    assert cache.get("services-profile") == "here"
    assert "RedisCache" in type(cache._connections["default"]).__name__


def test_saves_at_once_keep_the_highest_sequence(services, transactional_db, running, at):
    @on_own_connection
    def save(seq):
        change = Change(1, "AB"[seq % 2], False, seq)
        return answers.save(attempt_id=running.pk, lease=running.lease, change=change, now=at("10:00")).seq

    with ThreadPoolExecutor(SAVERS) as pool:
        acknowledged = list(pool.map(save, range(1, 101)))
    assert all(acknowledged[seq - 1] >= seq for seq in range(1, 101))
    assert Answer.objects.values_list("response", "seq").get() == ("A", 100)


def test_whatever_is_acknowledged_while_handing_in_is_in_the_grading(services, transactional_db, running, at):
    key = key_of(running.paper_id)
    gate = threading.Barrier(len(key) + 1)
    lock = threading.Lock()
    acknowledged = []

    @on_own_connection
    def save(slot):
        gate.wait()
        change = Change(slot, key[slot], False, slot)
        try:
            answers.save(attempt_id=running.pk, lease=running.lease, change=change, now=at("10:00"))
        except AttemptClosed:
            return
        with lock:
            acknowledged.append(slot)

    @on_own_connection
    def submit():
        gate.wait()
        attempts.submit(attempt_id=running.pk, lease=running.lease, now=at("10:00"))
        grading.grade(attempt_id=running.pk, now=at("10:00"))

    with ThreadPoolExecutor(len(key) + 1) as pool:
        done = [pool.submit(submit), *(pool.submit(save, slot) for slot in key)]
    for future in done:
        future.result()
    assert Result.objects.get().score == len(acknowledged)


def test_the_sweep_and_the_candidate_together_give_one_receipt_and_one_grade(services, transactional_db, running, at):
    @on_own_connection
    def candidate():
        return attempts.submit(attempt_id=running.pk, lease=running.lease, now=at("11:00:31")).receipt

    @on_own_connection
    def sweep():
        attempts.close_overdue(now=at("11:00:31"))
        grading.grade_waiting(now=at("11:00:31"))

    with ThreadPoolExecutor(4) as pool:
        receipts = [pool.submit(candidate), pool.submit(candidate)]
        sweeps = [pool.submit(sweep), pool.submit(sweep)]
    for future in sweeps:
        future.result()
    grading.grade_waiting(now=at("11:01"))
    assert {future.result() for future in receipts} == {Attempt.objects.get().receipt}
    assert Result.objects.count() == 1


def test_two_starts_at_once_start_once(services, transactional_db, attempt, person, at):
    @on_own_connection
    def start(minute):
        return attempts.start(attempt_id=attempt.pk, by=person, passcode="4711", now=at(f"09:{minute:02d}")).started_at

    with ThreadPoolExecutor(SAVERS) as pool:
        started = set(pool.map(start, range(ROUNDS)))
    assert len(started) == 1


@pytest.mark.parametrize(("lock", "score"), [("FOR SHARE OF attempt", 1), ("", 0)], ids=["locked", "negative-control"])
def test_only_the_lock_keeps_an_answer_that_is_being_saved_while_the_paper_is_handed_in(
    services, transactional_db, running, at, monkeypatch, lock, score
):
    """The save has begun, another transaction holds its row; handing in and grading come before it ends."""
    statement = answers._statement
    monkeypatch.setattr(answers, "_statement", lambda *asked: statement(*asked).replace("FOR SHARE OF attempt", lock))
    right = key_of(running.paper_id)[1]

    @on_own_connection
    def save(seq, response):
        change = Change(1, response, False, seq)
        return answers.save(attempt_id=running.pk, lease=running.lease, change=change, now=at("10:00")).seq

    @on_own_connection
    def hand_in():
        attempts.submit(attempt_id=running.pk, lease=running.lease, now=at("10:00"))
        grading.grade(attempt_id=running.pk, now=at("10:00"))

    save(1, "A" if right != "A" else "B")
    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            Answer.objects.select_for_update().get(slot=1)
            saving = pool.submit(save, 2, right)
            until(lambda: waiting_for_locks() == 1)
            handing_in = pool.submit(hand_in)
            until(lambda: handing_in.done() or waiting_for_locks() == 2)
        acknowledged = saving.result()
        handing_in.result()
    assert (acknowledged, Result.objects.get().score) == (2, score)


def waiting_for_locks() -> int:
    """Return how many statements of this database wait for another transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # else a transaction sees what it saw first
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0]


def until(holds, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)

"""Races: real threads, each on a connection of its own, in both profiles."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from django.db import connections

from notifications import carriers
from notifications.actions.delivering import deliver
from notifications.models import Delivery, Notice
from notifications.queries.deliveries import due


def test_telling_twice_at_once_tells_once(transactional_db, reader, tell):
    gate = threading.Barrier(4)

    def work(_number):
        try:
            gate.wait()
            return tell().pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        told = set(pool.map(work, range(4)))
    assert len(told) == 1
    assert (Notice.objects.count(), Delivery.objects.count()) == (1, 2)


def test_four_workers_at_once_send_once(transactional_db, tell, carrier, at):
    for key in range(5):
        tell("alarm", str(key), context={}, user=None)
    handed, lock, gate = [], threading.Lock(), threading.Barrier(4)

    def hand_over(delivery):
        with lock:
            handed.append(delivery.pk)
        time.sleep(0.05)  # long enough for the others to come to the same row
        return "ok"

    def work(_number):
        try:
            rows = list(due(now=at("10:00")))
            gate.wait()  # all have read the same rows
            for row in rows:
                deliver(delivery=row, now=at("10:00"))
        finally:
            connections.close_all()

    before = carriers.BY_CHANNEL["sms"]
    carriers.BY_CHANNEL["sms"] = hand_over
    try:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(work, range(4)))
    finally:
        carriers.BY_CHANNEL["sms"] = before
    assert sorted(handed) == sorted(Delivery.objects.values_list("pk", flat=True))
    assert set(Delivery.objects.values_list("state", "tries", "reference")) == {("sent", 1, "ok")}

"""Kill web, worker, PostgreSQL and Redis at random under load, and count what was promised and lost.

``python -m tests.load.bench_faults`` or ``make bench``. FAULT_SECONDS (600), KILL_EVERY (20), FAULT_CANDIDATES (200)
and SEED can be set; the services are its own. Each candidate starts more than once, saves, and hands in again and
again; the ledger holds what was acknowledged. Meanwhile a certifier has certificates issued, each more than once.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from _services import Postgres, Redis, Service  # noqa: I001  (before anything that reads the environment)

import asyncio
import json
import os
import random
import time

SECONDS = int(os.environ.get("FAULT_SECONDS", "600"))
KILL_EVERY = int(os.environ.get("KILL_EVERY", "20"))
CANDIDATES = int(os.environ.get("FAULT_CANDIDATES", "200"))
CERTIFICATES = int(os.environ.get("FAULT_CERTIFICATES", "100"))
SEED = int(os.environ.get("SEED", "20261124"))
GRADED_WITHIN = 120  # seconds after the last kill
ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = 100
TOKEN = "a" * 32  # the CSRF cookie and the form agree
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Candidate:
    """One browser: it starts, opens its paper, saves every second and remembers what was acknowledged."""

    def __init__(self, attempt: str, cookie: str):
        self.attempt, self.head = attempt, {**FORM, "Cookie": f"{cookie}; csrftoken={TOKEN}"}
        self.token, self.seq, self.receipts = "", 0, set()
        self.acknowledged: dict[int, tuple[int, str]] = {}
        self.refused = 0

    async def sit(self, pool, until: float) -> None:
        await self._start(pool)
        while time.monotonic() < until:
            await asyncio.sleep(0.5 + random.random())
            if not self.token:
                await self._open(pool)
                continue
            await self._save(pool)
        await self._hand_in(pool, until + GRADED_WITHIN)

    async def _start(self, pool) -> None:
        body = f"passcode=&csrfmiddlewaretoken={TOKEN}".encode()
        done = 0
        while done < 2:  # a second click, or a reply that was lost
            reply = await pool.ask("POST", f"/exams/attempts/{self.attempt}/start/", body, self.head)
            done += reply.status == 302
            await asyncio.sleep(0 if reply.status == 302 else 0.5)

    async def _open(self, pool) -> None:
        reply = await pool.ask("GET", f"/exams/api/attempts/{self.attempt}/", b"", self.head)
        if reply.status == 200:
            sheet = reply.json()
            self.token, self.seq = sheet["token"], max(self.seq, sheet["next_seq"])

    async def _save(self, pool) -> None:
        self.seq += 1
        slot, response = random.randrange(QUESTIONS) + 1, random.choice("AB")
        body = json.dumps(
            {"answers": [{"slot": slot, "response": response, "marked": False, "seq": self.seq}]}
        ).encode()
        head = {"X-Attempt-Token": self.token, "Content-Type": "application/json"}
        reply = await pool.ask("POST", f"/exams/api/attempts/{self.attempt}/answers/", body, head)
        if reply.status == 200:
            self.acknowledged[slot] = (self.seq, response)
        else:
            self.refused += 1

    async def _hand_in(self, pool, until: float) -> None:
        while time.monotonic() < until and not self.receipts:
            if not self.token:
                await self._open(pool)
            head = {"X-Attempt-Token": self.token, "Content-Type": "application/json"}
            reply = await pool.ask("POST", f"/exams/api/attempts/{self.attempt}/submit/", b"{}", head)
            if reply.status == 200:
                self.receipts.add(reply.json()["receipt"])
            await asyncio.sleep(0.3)
        reply = await pool.ask("POST", f"/exams/api/attempts/{self.attempt}/submit/", b"{}", head)
        if reply.status == 200:
            self.receipts.add(reply.json()["receipt"])


async def certify(certifier, practicals: list[int], until: float) -> int:
    """Every few seconds ask for the same certificates in a new batch; return how often that was taken."""
    from django.db import Error, connection
    from django.utils import timezone

    from exams.actions import certificate_batches

    def ask() -> bool:
        try:
            certificate_batches.open_batch(practical_ids=practicals, by=certifier, now=timezone.now())
        except Error:
            return False
        except certificate_batches.NothingToIssue:
            return True
        finally:
            connection.close()
        return True

    taken = 0
    while time.monotonic() < until:
        taken += await asyncio.to_thread(ask)
        await asyncio.sleep(5)
    return taken


async def kill_at_random(services: dict[str, Service], until: float) -> list[str]:
    """Every KILL_EVERY seconds kill one service at once and start it again; return which."""
    dice, killed = random.Random(SEED), []
    while time.monotonic() + KILL_EVERY < until:
        await asyncio.sleep(KILL_EVERY * (0.75 + dice.random() / 2))
        name = dice.choice(sorted(services))
        services[name].kill()
        await asyncio.sleep(dice.random() * 3)
        await asyncio.to_thread(services[name].start)
        killed.append(name)
        print(f"  killed {name} ({len(killed)})", file=sys.stderr, flush=True)
    return killed


def tell(name: str, value: float, detail: str) -> None:
    print(json.dumps({"name": name, "unit": "", "value": value, "detail": detail}), flush=True)


def processes(port: int) -> dict[str, Service]:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        "LOG_LEVEL": "CRITICAL",
    }
    here = {"cwd": ROOT, "env": environment}
    worker = [sys.executable, "-m", "celery", "-A", "config", "worker", "--beat", "--pool", "solo", "-l", "CRITICAL"]
    options = ["--without-mingle", "--without-gossip", "-s", f"{os.environ['VAR_DIR']}/beat"]
    return {
        "web": Service([sys.executable, str(ROOT / "deploy/serve_http.py"), str(port)], port, **here),
        "worker": Service([*worker, *options], None, **here),
    }


async def run(candidates: list[Candidate], pool, services, certifier, practicals: list[int]) -> list[str]:
    until = time.monotonic() + SECONDS
    killing = asyncio.create_task(kill_at_random(services, until))
    certifying = asyncio.create_task(certify(certifier, practicals, until))
    sitting = [candidate.sit(pool, until) for candidate in candidates]
    await asyncio.gather(*sitting, certifying)
    return await killing


def main() -> None:
    postgres, redis = Postgres(), Redis()
    os.environ.update(DATABASE_URL=postgres.url, REDIS_URL=redis.url, CELERY_BROKER_URL=f"{redis.url}/0")
    from _exam_stack import set_up

    set_up()
    import _exam_candidates as makers
    from _client import Pool
    from _passed import people
    from django.core.management import call_command
    from django.utils import timezone

    call_command("make_certificate_signer", if_missing=True)
    call_command("make_credential_key", if_missing=True)
    certifier, practicals = people(CERTIFICATES, now=timezone.now())

    from tests.e2e.stack import free_port

    sitting = makers.sitting_for(CANDIDATES)
    attempts = makers.make(CANDIDATES, sitting=sitting, prefix="f")
    desks = [Candidate(str(one.pk), makers.session_of(one.person.user)) for one in attempts]
    port = free_port()
    services = {"postgres": postgres, "redis": redis, **processes(port)}
    try:
        killed = asyncio.run(run(desks, Pool(port, 64, timeout=10), services, certifier, practicals))
        judge(desks, killed)
        judge_certificates(practicals)
    finally:
        for service in reversed(services.values()):
            service.kill()


def judge(desks: list[Candidate], killed: list[str]) -> None:
    """Compare the ledger with the database once the sweeps had their time."""
    from django.db import connection

    from exams.enums import AttemptStatus
    from exams.models import Answer, Attempt, Result

    connection.close()
    until = time.monotonic() + GRADED_WITHIN
    ours = Attempt.objects.filter(pk__in=[desk.attempt for desk in desks])
    while ours.exclude(status=AttemptStatus.GRADED).exists() and time.monotonic() < until:
        time.sleep(1)
    stored = {
        (str(attempt), slot): (seq, response)
        for attempt, slot, seq, response in Answer.objects.values_list("attempt_id", "slot", "seq", "response")
    }
    promised = [(desk.attempt, slot, held) for desk in desks for slot, held in desk.acknowledged.items()]
    lost = sum(stored.get((attempt, slot), (0, ""))[0] < held[0] for attempt, slot, held in promised)
    changed = sum(
        stored.get((attempt, slot), (0, ""))[0] == held[0] and stored[attempt, slot] != held
        for attempt, slot, held in promised
    )
    counted = {name: killed.count(name) for name in sorted(set(killed))}
    refused = sum(desk.refused for desk in desks)
    tell(
        "acknowledged answers lost",
        lost + changed,
        f"of {len(promised)} slots; {refused} saves got no acknowledgement; killed {counted}",
    )
    graded = ours.filter(status=AttemptStatus.GRADED).count()
    results = Result.objects.filter(attempt__in=ours).count()
    tell("attempts not graded once", len(desks) - graded + abs(results - graded), f"{graded} graded")
    tell("candidates with more than one receipt or none", sum(len(desk.receipts) != 1 for desk in desks), "")


def judge_certificates(practicals: list[int]) -> None:
    """Every practical has one certificate with one number and its files once the sweeps had their time."""
    from django.db.models import Count

    from exams.models import Certificate

    issued = Certificate.objects.filter(practical__in=practicals)
    until = time.monotonic() + GRADED_WITHIN
    while (issued.count() < len(practicals) or issued.filter(pdf="").exists()) and time.monotonic() < until:
        time.sleep(1)
    twice = issued.values("person").annotate(n=Count("pk")).filter(n__gt=1).count()
    numbers = issued.values("number_digest").annotate(n=Count("pk")).filter(n__gt=1).count()
    without = issued.filter(pdf="").count()
    tell("duplicate certificates", twice + numbers, f"{issued.count()} of {len(practicals)} issued")
    tell("certificates missing or without files", len(practicals) - issued.count() + without, "")


if __name__ == "__main__":
    main()

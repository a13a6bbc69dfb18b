"""An exam day on PostgreSQL: thousands saving, the peak, everybody starting and handing in at once.

``python -m tests.load.bench_load`` or ``make bench``. CANDIDATES (3000), SECONDS (600), PEAK_SECONDS (20), SPIKE (2000)
and SPIKE_SECONDS (60) can be set. The load generator runs on the same machine and takes its share of the cores; CPU is
that of the web processes and PostgreSQL together. Every acknowledged answer is looked up afterwards.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import asyncio
import json
import os
import random
import time

from _client import Pool, Reply
from _exam_stack import Web, cpu_seconds, set_up  # sets the environment, so it comes first

CANDIDATES = int(os.environ.get("CANDIDATES", "3000"))
SECONDS = int(os.environ.get("SECONDS", "600"))
PEAK_SECONDS = int(os.environ.get("PEAK_SECONDS", "20"))
SPIKE = int(os.environ.get("SPIKE", "2000"))
SPIKE_SECONDS = int(os.environ.get("SPIKE_SECONDS", "60"))
EVERY = 15  # seconds between two saves of one candidate
CONNECTIONS = 64
QUESTIONS = 100


class Desk:
    """One candidate's browser: what it sent last, and what was acknowledged."""

    def __init__(self, attempt: str, token: str):
        self.attempt, self.headers = attempt, {"X-Attempt-Token": token, "Content-Type": "application/json"}
        self.seq = 0
        self.acknowledged: dict[int, tuple[int, str]] = {}

    async def save(self, pool: Pool) -> Reply:
        self.seq += 1
        slot, response = self.seq * 7 % QUESTIONS + 1, "AB"[self.seq % 2]
        answer = {"slot": slot, "response": response, "marked": False, "seq": self.seq}
        body = json.dumps({"answers": [answer]}).encode()
        reply = await pool.ask("POST", f"/exams/api/attempts/{self.attempt}/answers/", body, self.headers)
        if reply.status == 200:
            self.acknowledged[slot] = (self.seq, response)
        return reply


def tell(name: str, value: float, unit: str, detail: str) -> None:
    print(json.dumps({"name": name, "unit": unit, "value": round(value, 2), "detail": detail}), flush=True)


def percentiles(replies: list[Reply]) -> str:
    wall = sorted(reply.seconds * 1000 for reply in replies)
    at = lambda share: wall[min(len(wall) - 1, int(len(wall) * share))]  # noqa: E731
    return f"p50 {at(0.5):.0f} ms, p95 {at(0.95):.0f} ms, p99 {at(0.99):.0f} ms, max {wall[-1]:.0f} ms"


class Phase:
    """Measures what the servers use between entering and leaving."""

    def __init__(self, web: Web):
        self.web = web

    def __enter__(self):
        self.before, self.begun = cpu_seconds(self.web), time.perf_counter()
        return self

    def __exit__(self, *_):
        after = cpu_seconds(self.web)
        self.seconds = time.perf_counter() - self.begun
        self.web_cpu, self.database_cpu = (now - was for now, was in zip(after, self.before, strict=True))

    def each(self, count: int) -> str:
        return f"web {self.web_cpu * 1000 / count:.2f} + PostgreSQL {self.database_cpu * 1000 / count:.2f} ms"

    def told(self, replies: list[Reply], status: int) -> str:
        how = f"{good(replies, status)}; {percentiles(replies)}; {self.each(len(replies))}"
        return f"{self.seconds:.0f} s; {how}"

    @property
    def cpu(self) -> float:
        return self.web_cpu + self.database_cpu


async def steady(desks: list[Desk], pool: Pool, seconds: float) -> list[Reply]:
    """Let every desk save once in EVERY seconds, at a moment of its own; late replies delay nobody else."""
    replies, end = [], time.perf_counter() + seconds

    async def sit(desk: Desk) -> None:
        due = time.perf_counter() + random.random() * EVERY
        while due < end:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            replies.append(await desk.save(pool))
            due += EVERY

    await asyncio.gather(*(sit(desk) for desk in desks))
    return replies


async def peak(desks: list[Desk], pool: Pool, seconds: float) -> list[Reply]:
    """Save as fast as CONNECTIONS connections allow."""
    replies, end, turn = [], time.perf_counter() + seconds, iter(range(10**9))

    async def hurry() -> None:
        while time.perf_counter() < end:
            replies.append(await desks[next(turn) % len(desks)].save(pool))

    await asyncio.gather(*(hurry() for _ in range(CONNECTIONS)))
    return replies


async def spike(asks: list, seconds: float) -> list[Reply]:
    """Run each of ``asks`` once, spread evenly over ``seconds``."""
    begun = time.perf_counter()

    async def one(place: int, ask) -> Reply:
        await asyncio.sleep(max(0.0, begun + place * seconds / len(asks) - time.perf_counter()))
        return await ask()

    return await asyncio.gather(*(one(place, ask) for place, ask in enumerate(asks)))


def lost(desks: list[Desk]) -> int:
    """Return how many acknowledged answers the database does not hold, or holds otherwise."""
    from exams.models import Answer

    stored = {}
    for attempt, slot, seq, response in Answer.objects.values_list("attempt_id", "slot", "seq", "response").iterator():
        stored[str(attempt), slot] = seq, response
    return sum(
        stored.get((desk.attempt, slot), (0, ""))[0] < seq
        or (stored[desk.attempt, slot][0] == seq and stored[desk.attempt, slot][1] != response)
        for desk in desks
        for slot, (seq, response) in desk.acknowledged.items()
    )


def good(replies: list[Reply], status: int) -> str:
    return f"{sum(reply.status == status for reply in replies)} of {len(replies)} accepted"


def saving(web: Web, pool: Pool, desks: list[Desk]) -> None:
    with Phase(web) as phase:
        replies = asyncio.run(steady(desks, pool(), SECONDS))
    detail = f"{len(replies) / phase.seconds:.0f}/s for {phase.told(replies, 200)}"
    tell("saves of an exam day", phase.cpu * 1000 / len(replies), "ms CPU", detail)
    with Phase(web) as phase:
        replies = asyncio.run(peak(desks, pool(), PEAK_SECONDS))
    detail = f"{good(replies, 200)}; {percentiles(replies)}; {phase.each(len(replies))}"
    tell("saves at the peak", len(replies) / phase.seconds, "/s", detail)
    tell("acknowledged answers lost", lost(desks), "", f"of {sum(len(desk.acknowledged) for desk in desks)}")


def starting(web: Web, pool: Pool, attempts: list, cookies: list[str]) -> list[Desk]:
    """Everybody starts within SPIKE_SECONDS: the POST that starts; then what the page fetches."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    token = "a" * 32
    heads = [{**form, "Cookie": f"{cookie}; csrftoken={token}"} for cookie in cookies]
    urls = [f"/exams/attempts/{attempt.pk}/start/" for attempt in attempts]
    body = f"passcode=&csrfmiddlewaretoken={token}".encode()
    connections = pool()
    with Phase(web) as phase:
        replies = asyncio.run(
            spike(
                [
                    lambda url=url, head=head: connections.ask("POST", url, body, head)
                    for url, head in zip(urls, heads, strict=True)
                ],
                SPIKE_SECONDS,
            )
        )
    tell(
        "starts",
        phase.cpu * 1000 / len(replies),
        "ms CPU",
        f"{len(replies)} in {phase.told(replies, 302)}",
    )
    states = pool()
    with Phase(web) as phase:
        opened = asyncio.run(
            spike(
                [
                    lambda one=one, head=head: states.ask("GET", f"/exams/api/attempts/{one.pk}/", b"", head)
                    for one, head in zip(attempts, heads, strict=True)
                ],
                SPIKE_SECONDS,
            )
        )
    tell(
        "papers fetched",
        phase.cpu * 1000 / len(opened),
        "ms CPU",
        f"{good(opened, 200)}; {percentiles(opened)}; {phase.each(len(opened))}",
    )
    return [
        Desk(str(one.pk), reply.json()["token"])
        for one, reply in zip(attempts, opened, strict=True)
        if reply.status == 200
    ]


def handing_in(web: Web, pool: Pool, desks: list[Desk]) -> None:
    connections = pool()
    with Phase(web) as phase:
        replies = asyncio.run(
            spike(
                [
                    lambda desk=desk: connections.ask(
                        "POST", f"/exams/api/attempts/{desk.attempt}/submit/", b"{}", desk.headers
                    )
                    for desk in desks
                ],
                SPIKE_SECONDS,
            )
        )
    tell(
        "submissions",
        phase.cpu * 1000 / len(replies),
        "ms CPU",
        f"{len(replies)} in {phase.told(replies, 200)}",
    )


def main() -> None:
    set_up()
    import _exam_candidates as candidates

    from tests.e2e.stack import free_port

    sitting = candidates.sitting_for(CANDIDATES + SPIKE + 10)
    desks = [Desk(*one) for one in candidates.begin(candidates.make(CANDIDATES, sitting=sitting, prefix="c"))]
    waiting = candidates.make(SPIKE, sitting=sitting, prefix="s")
    cookies = [candidates.session_of(attempt.person.user) for attempt in waiting]
    web = Web(free_port())
    pool = lambda: Pool(web.port, CONNECTIONS)  # noqa: E731
    try:
        web.wait()
        asyncio.run(peak(desks, pool(), 2))  # warm
        saving(web, pool, desks)
        handing_in(web, pool, starting(web, pool, waiting, cookies))
    finally:
        web.kill()


if __name__ == "__main__":
    main()

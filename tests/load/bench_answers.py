"""What an answer of the bot costs, warm, from the question to the logged reply; and at 10,000 passages."""

from _machine import measure, resident, set_up

set_up()

import time

from _knowledge import larger
from django.core.management import call_command
from django.test import Client

from chatbot import evaluating
from kb import queries, retrieval
from kb.index.snapshot import Snapshot

call_command("build_index", train=True, verbosity=0)
client = Client()
QUESTIONS = [
    "油锅起火怎么办", "电动车充电要注意什么", "特种作业操作证几年有效", "今天股票涨了吗", "灭火器怎么用", "煤气谢露",
    "灭火七怎么用", "How do I use a fire extinguisher?", "觸電怎麼急救",
    "我爸妈在镇上开的小超市，前面卖货后面做饭，阁楼睡人，卷帘门晚上一拉就没别的出口了，怎么办",
]  # fmt: skip


def ask(number):
    reply = client.post(
        "/api/v1/chat/ask",
        {"question": QUESTIONS[number % len(QUESTIONS)]},
        content_type="application/json",
        REMOTE_ADDR=f"10.0.{number % 250}.{number // 250 % 250}",
    )
    assert reply.status_code == 200


def search(number):
    return retrieval.search(QUESTIONS[number % len(QUESTIONS)])


def answer(number):
    return evaluating.answer(QUESTIONS[number % len(QUESTIONS)], ())


measure("answer a question", ask, rounds=200)
measure("search, warm", search, rounds=200)
assert queries.lexicon().groups
started = time.perf_counter()
current = retrieval.current_snapshot()
parts = {name: getattr(current, name) for name in ("encoder", "calibration", "trained_on", "lexicon")}
large = Snapshot.build(larger(current.documents), **parts)
detail = (
    f"{len(large.documents)} articles, {large.vectors.ntotal} vectors, built in {time.perf_counter() - started:.0f} s"
)
with retrieval.using(large):
    measure("search among 10,000 passages", search, rounds=300, detail=detail)
    measure("answer from 10,000 passages, nothing noted", answer, rounds=300)
    measure("answer from 10,000 passages, logged", ask, rounds=300, detail=f"{resident():.0f} MB resident")
    cpu, begun = time.process_time(), time.perf_counter()
    for number in range(300):
        ask(number)
    spent = time.process_time() - cpu
    print(
        f'{{"name": "answers a second in one process", "unit": "1/s of CPU", "value": {300 / spent:.0f}}}', flush=True
    )

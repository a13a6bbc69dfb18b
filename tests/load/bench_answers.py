"""What an answer of the bot costs, warm, from the question to the logged reply."""

from _machine import measure, set_up

set_up()

from django.core.management import call_command
from django.test import Client

from kb import retrieval

call_command("build_index", train=True, verbosity=0)
client = Client()
QUESTIONS = ["油锅起火怎么办", "电动车充电要注意什么", "特种作业操作证几年有效", "今天股票涨了吗", "灭火器怎么用"]


def ask(number):
    reply = client.post(
        "/api/v1/chat/ask",
        {"question": QUESTIONS[number % len(QUESTIONS)]},
        content_type="application/json",
        REMOTE_ADDR=f"10.0.{number % 250}.{number // 250 % 250}",
    )
    assert reply.status_code == 200


measure("answer a question", ask, rounds=200)
measure("search, warm", lambda number: retrieval.search(QUESTIONS[number % len(QUESTIONS)]), rounds=200)

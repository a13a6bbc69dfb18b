"""What an exam costs: start, one save, hand in; whole views through Django's test client."""

import json
from datetime import timedelta

from _machine import measure, set_up

set_up()

from django.test import Client
from django.utils import timezone

from accounts.actions import persons
from accounts.models import User
from accounts.rules.identity import check_digit
from exams.actions.admissions import admit
from exams.models import Sitting

ROUNDS = 60
now = timezone.now()
sitting = Sitting.objects.get()
sitting.room.seats = 500
sitting.room.save()


def candidate(number: int):
    user = User.objects.create_user(username=f"bench{number}")
    first17 = f"37020219900307{number + 100:03d}"
    person = persons.register(name="甲乙", id_number=first17 + check_digit(first17), user=user, by=None, now=now)
    attempt = admit(sitting=sitting, person=person, by=None, now=now + timedelta(seconds=1), waived=True).attempt
    client = Client()
    client.force_login(user)
    start_url = f"/exams/attempts/{attempt.pk}/start/"
    assert client.get(start_url).status_code == 200  # a new client loads the middleware, which a server did long ago
    return client, start_url, f"/exams/api/attempts/{attempt.pk}/"


people = [candidate(number) for number in range(ROUNDS + 20)]
turn = iter(people)
tokens = []


def start(_):
    client, start_url, _api = next(turn)
    assert client.post(start_url, {"passcode": sitting.passcode}).status_code == 302


measure("start an attempt", start, rounds=ROUNDS)
for client, _start, api in people:
    tokens.append((api, client.get(api).json()["token"]))

anyone = Client()
api, token = tokens[0]
headers = {"X-Attempt-Token": token}


def save(number):
    body = json.dumps({"answers": [{"slot": number % 100 + 1, "response": "A", "marked": False, "seq": number + 1}]})
    reply = anyone.post(f"{api}answers/", body, content_type="application/json", headers=headers)
    assert reply.status_code == 200


measure("save one answer", save, rounds=1000, detail="1 SQL statement")

waiting = iter(tokens)


def submit(_):
    api, token = next(waiting)
    reply = anyone.post(f"{api}submit/", "{}", content_type="application/json", headers={"X-Attempt-Token": token})
    assert reply.status_code == 200


measure("hand in", submit, rounds=ROUNDS)

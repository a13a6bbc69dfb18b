"""A request with an idempotency key is done once."""

import pytest

from clients.actions import repeating
from clients.actions.repeating import OtherRequest, Reply, once
from clients.models import Client, SentRequest

pytestmark = pytest.mark.django_db


def sent(at, name="甲", *, key="k1", fingerprint="f", caller="client:1", fail=False):
    def perform():
        Client.objects.create(name=name, contact="")
        if fail:
            raise RuntimeError
        return 201, {"name": name}

    return once(caller=caller, key=key, fingerprint=fingerprint, perform=perform, now=at("09:00"))


def test_the_same_request_gets_the_same_answer_and_is_done_once(at):
    assert sent(at) == Reply(201, {"name": "甲"})
    assert sent(at, "乙") == Reply(201, {"name": "甲"}, repeated=True)
    assert Client.objects.count() == 1


def test_another_request_with_the_key_is_refused(at):
    sent(at)
    with pytest.raises(OtherRequest):
        sent(at, "乙", fingerprint="g")


def test_keys_of_two_callers_are_two_keys(at):
    sent(at)
    assert sent(at, "乙", caller="client:2") == Reply(201, {"name": "乙"})


def test_what_failed_may_be_tried_again(at):
    with pytest.raises(RuntimeError):
        sent(at, fail=True)
    assert (Client.objects.count(), SentRequest.objects.count()) == (0, 0)
    assert sent(at) == Reply(201, {"name": "甲"})


def test_a_constraint_that_breaks_inside_is_not_taken_for_a_repetition(at):
    sent(at)
    with pytest.raises(repeating.IntegrityError):
        sent(at, key="k2")
    assert SentRequest.objects.count() == 1

"""The broker of the embedded profile: messages arrive whole, each once, however many write and read at a time."""

import threading
from queue import Empty

import pytest
from kombu import Connection

import config.celery  # noqa: F401  (puts the transport in place)
from config import file_broker

MESSAGES = 300
LONG = "应急" * 20_000


@pytest.fixture
def channel(tmp_path):
    for name in ("queue", "processed", "control"):
        (tmp_path / name).mkdir()
    options = {
        "data_folder_in": str(tmp_path / "queue"),
        "data_folder_out": str(tmp_path / "queue"),
        "processed_folder": str(tmp_path / "processed"),
        "control_folder": str(tmp_path / "control"),
    }

    def opened():
        return Connection("filesystem://", transport_options=options).channel()

    return opened


def test_the_transport_is_ours(channel):
    assert isinstance(channel(), file_broker.Channel)


def test_a_message_is_read_whole_while_others_are_written(channel):
    def write(number: int) -> None:
        mine = channel()
        for place in range(MESSAGES // 2):
            mine._put("celery", {"number": number * 1000 + place, "text": LONG})

    writers = [threading.Thread(target=write, args=(number,)) for number in (1, 2)]
    for writer in writers:
        writer.start()
    reader, found = channel(), []
    while any(writer.is_alive() for writer in writers) or len(found) < MESSAGES:
        try:
            message = reader._get("celery")
        except Empty:
            continue
        assert message["text"] == LONG
        found.append(message["number"])
    assert sorted(found) == [number * 1000 + place for number in (1, 2) for place in range(MESSAGES // 2)]


def test_two_processes_that_bind_at_once_are_both_bound(channel):
    first, second = channel(), channel()
    first._queue_bind("all", "", "", "one")
    second._queue_bind("all", "", "", "two")
    assert {row.queue for row in first.get_table("all")} == {"one", "two"}

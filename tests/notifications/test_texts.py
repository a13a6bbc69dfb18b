"""The texts of every kind the rooms declare: whole, short where they must be, and without what people need not read."""

import re

import pytest
from django.utils import translation

from notifications import kinds
from notifications.actions.notices import SUBJECT_LENGTH
from notifications.carriers import SIGNATURE

ONE_MESSAGE = 70  # characters of a text message with Chinese in it (UCS-2); a longer one costs two
MODULES = ["accounts.notices", "exams.notices", "chatbot.notices"]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def every():
    return [kind for module in MODULES for kind in __import__(module, fromlist=["KINDS"]).KINDS]


@pytest.fixture(params=every(), ids=lambda kind: kind.name)
def kind(request):
    with translation.override("zh-hans"):
        yield request.param


def test_the_settings_name_every_module():
    from config.settings import base

    assert base.NOTICE_KINDS == MODULES


def test_the_texts_are_filled_by_the_example_alone(kind):
    subject, body = str(kind.subject) % kind.example, str(kind.body) % kind.example
    assert 0 < len(subject) <= SUBJECT_LENGTH
    assert body
    for value in kind.example.values():
        assert str(value) in subject + body


def test_the_texts_are_chinese(kind):
    for text in (kind.title, kind.subject, kind.body, kind.sms or kind.title):
        assert CHINESE.search(str(text)), f"{text!r} has no Chinese yet"


def test_a_text_message_fits_into_one_and_has_no_blanks(kind):
    assert len(f"{SIGNATURE}{kind.sms}") <= ONE_MESSAGE
    assert "%" not in str(kind.sms)


def test_a_kind_that_goes_out_by_text_message_has_one(kind):
    assert kind.sms or "sms" not in kind.channels


def test_names_are_unique_and_fit_their_column():
    names = [kind.name for kind in every()]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 40


def test_two_modules_do_not_hide_each_other(settings):
    settings.NOTICE_KINDS = MODULES
    assert list(kinds.kinds()) == [kind.name for kind in every()]

"""What was asked can be found, read as it went, taken out on record, and is forgotten in time."""

import io
from datetime import date, timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from accounts.enums import Role
from chatbot.actions import exporting, retention
from chatbot.models import Turn
from chatbot.queries.conversations import Wanted, thread, turns
from core.actions import retention as kept
from core.models import AuditEntry, RetentionRule

pytestmark = pytest.mark.django_db
PAGE = "/admin/conversations/"


@pytest.fixture
def three(make_turn, at):
    """Three questions of two conversations, oldest first."""
    first = make_turn("油锅起火怎么办", kind="danger", article="oil-pan-fire", confidence=None, helped=True)
    second = make_turn(
        "那小孩呢", kind="answer", article="cpr", confidence=0.95, helped=False, complaint="wrong",
        conversation=first.conversation, asked_at=at("10:05"),
    )  # fmt: skip
    third = make_turn("=宠物能坐电梯吗", confidence=0.2, channel="wechat", asked_at=at("40:00"))
    return first, second, third


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), [2, 1, 0]),
        (Wanted(text="小孩"), [1]),
        (Wanted(kind="danger"), [0]),
        (Wanted(channel="wechat"), [2]),
        (Wanted(article="cpr"), [1]),
        (Wanted(least=0.2), [2, 1]),
        (Wanted(least=0.5, most=0.95), [1]),
        (Wanted(most=0.2), [2]),
        (Wanted(helped="yes"), [0]),
        (Wanted(helped="no"), [1]),
        (Wanted(helped="unsaid"), [2]),
        (Wanted(since=date(2026, 11, 24)), [2]),
        (Wanted(until=date(2026, 11, 23)), [1, 0]),
        (Wanted(kind="answer", channel="wechat"), []),
    ],
)
def test_each_condition_finds_its_own(three, wanted, found):
    assert list(turns(wanted)) == [three[number] for number in found]


def test_days_begin_and_end_here(make_turn, at):
    late = make_turn(asked_at=at("16:00"))  # midnight in Qingdao
    assert list(turns(Wanted(since=date(2026, 11, 24), until=date(2026, 11, 24)))) == [late]
    assert list(turns(Wanted(until=date(2026, 11, 23)))) == []


def test_the_list_takes_the_same_queries_for_one_and_for_three(browser, three, django_assert_num_queries):
    def count():
        with django_assert_num_queries(14):
            return browser.get(PAGE).content.decode().count("#turn-")

    assert count() == 3
    Turn.objects.exclude(pk=three[1].pk).delete()
    assert count() == 1


def test_a_conversation_is_read_in_order_and_names_nobody(browser, three, person):
    conversation = three[0].conversation
    conversation.started_by = person.user
    conversation.save()
    assert thread(conversation) == [three[0], three[1]]
    text = browser.get(f"{PAGE}{conversation.pk}/").content.decode()
    assert text.index("油锅起火怎么办") < text.index("那小孩呢")
    assert person.user.username not in text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_has_what_was_searched_and_no_formula(browser, three, editor, kind):
    reply = browser.post(f"{PAGE}export/{kind}/", {"channel": "wechat"})
    body = b"".join(reply.streaming_content)
    if kind == "csv":
        assert body.decode("utf-8-sig").splitlines()[1].split(",")[3] == "'=宠物能坐电梯吗"
    else:
        rows = list(load_workbook(io.BytesIO(body)).active.values)
        assert (len(rows), rows[1][1], rows[1][3], rows[1][6]) == (2, 1, "'=宠物能坐电梯吗", 0.2)
    entry = AuditEntry.objects.get(deed="exported")
    assert (entry.kind, entry.actor, entry.after) == (
        "chatbot.turn",
        editor.username,
        {"rows": 1, "filter": {"channel": "wechat"}, "format": kind},
    )


def test_conversations_are_told_apart_without_their_keys(three, editor, at):
    file = exporting.export_turns(wanted=Wanted(), kind="csv", by=editor, now=at("11:00"))
    text = file.read().decode("utf-8-sig")
    assert [line.split(",")[1] for line in text.splitlines()[1:]] == ["1", "2", "2"]
    assert str(three[0].conversation_id) not in text


def test_only_who_looks_after_articles_takes_questions_out(three, person, at):
    with pytest.raises(exporting.NotYourTask):
        exporting.export_turns(wanted=Wanted(), kind="csv", by=person.user, now=at("11:00"))
    assert AuditEntry.objects.filter(deed="exported").count() == 0


def test_one_file_takes_only_so_many(browser, three, monkeypatch):
    monkeypatch.setattr(exporting, "MOST", 2)
    assert browser.post(f"{PAGE}export/csv/").status_code == 302
    assert browser.post(f"{PAGE}export/csv/", {"text": "小孩"}).status_code == 200


def test_what_cannot_be_searched_for_is_refused(browser):
    assert browser.get(PAGE, {"least": "2"}).status_code == 400
    assert browser.post(f"{PAGE}export/csv/", {"least": "2"}).status_code == 404
    assert browser.post(f"{PAGE}export/pdf/").status_code == 404


def test_a_file_wants_the_password_again(client, staff, three):
    publisher = staff(Role.PUBLISHER)
    publisher.set_password("a long password")
    publisher.save()
    client.force_login(publisher)
    assert client.post(f"{PAGE}export/csv/")["Location"].startswith("/accounts/reauthenticate/")
    assert AuditEntry.objects.filter(deed="exported").count() == 0


def test_what_is_kept_for_its_time_is_removed_even_where_the_conversation_goes_on(three, at):
    kept.ensure_rules()
    assert RetentionRule.objects.get(kind="questions").days == 365
    assert retention.purge_questions(at("10:05")) == 1
    assert list(thread(three[1].conversation)) == [three[1]]
    kept.apply(now=timezone.now() + timedelta(days=4000))
    assert not Turn.objects.exists()

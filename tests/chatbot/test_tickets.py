"""A question for a person: left by a visitor, answered at the desk, never lost and never another's."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import Role
from chatbot.actions import asking, conversations, desk, messaging, tickets
from chatbot.enums import TICKET_EDGES, Channel, TicketState
from chatbot.models import Conversation, Message, Ticket
from chatbot.tickets import WrongState
from core.models import AuditEntry
from kb.models import Article
from notifications.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(staff):
    return staff(Role.KNOWLEDGE_EDITOR)


@pytest.fixture
def left(at):
    """A question that an anonymous device left."""
    return leave(at, "门禁卡丢了找谁")


def leave(at, question="", *, conversation=None, by=None, clock="10:00", contact=""):
    about = {"conversation": conversation, "question": question, "contact": contact, "channel": Channel.PAGE}
    return tickets.open_ticket(**about, by=by, now=at(clock))


def say(ticket, at, text="在吗", key=None, by=None, clock="10:05"):
    return tickets.say(ticket=ticket.pk, text=text, key=key or uuid.uuid4(), by=by, now=at(clock))


def reply(ticket, at, by, text="请到一楼服务台。", key=None, clock="10:10"):
    return desk.reply(ticket=ticket.pk, text=text, key=key or uuid.uuid4(), by=by, now=at(clock))


def state() -> tuple:
    return Ticket.objects.values_list("state", "taken_by__username").get()


def test_personal_numbers_are_masked_and_the_contact_is_sealed(at):
    row = leave(at, "我电话13812345678，门禁卡丢了", contact="13812345678")
    assert Ticket.objects.get().question == "我电话***,门禁卡丢了"
    assert Ticket.objects.get().contact == "13812345678"
    assert "13812345678" not in str(Ticket.objects.extra(select={"raw": "contact || ''"}).values_list("raw").get())
    assert "13812345678" not in str(list(AuditEntry.objects.values_list("after", flat=True)))
    assert row.state == TicketState.OPEN


def test_a_conversation_has_one_unfinished_ticket(left, at):
    again = leave(at, "门禁卡丢了找谁", conversation=left.conversation_id)
    more = leave(at, "还有车位怎么办", conversation=left.conversation_id)
    assert (again.pk, more.pk) == (left.pk, left.pk)
    assert list(Message.objects.values_list("text", flat=True)) == ["还有车位怎么办"]


def test_without_a_question_the_last_one_asked_is_meant(at):
    answer = asking.ask(question="门禁卡丢了找谁", channel=Channel.PAGE, by=None, now=at("09:59"))
    assert leave(at, conversation=uuid.UUID(answer.conversation)).question == "门禁卡丢了找谁"
    with pytest.raises(tickets.BadMessage):
        leave(at)


def test_anothers_conversation_is_not_written_into(person, at):
    theirs = leave(at, "我的问题", by=person.user)
    mine = leave(at, "别人的问题", conversation=theirs.conversation_id)
    assert mine.conversation_id != theirs.conversation_id
    with pytest.raises(tickets.NotYours):
        say(theirs, at)


def test_a_message_sent_twice_is_one(left, editor, at):
    key = uuid.uuid4()
    assert say(left, at, key=key) == say(left, at, "另一句", key=key)
    answer = uuid.uuid4()
    assert reply(left, at, editor, key=answer) == reply(left, at, editor, "又一句", key=answer)
    assert list(Message.objects.values_list("text", flat=True)) == ["在吗", "请到一楼服务台。"]


def test_what_is_written_keeps_its_form_but_no_number(left, editor, at):
    say(left, at, "我的电话：１３８１２３４５６７８，\n急\u200b用\x00！ ")
    reply(left, at, editor, "请打 0532-12345678，\n找张工。")
    assert list(Message.objects.values_list("text", flat=True)) == [
        "我的电话：***，\n急用！",
        "请打 0532-12345678，\n找张工。",
    ]


def test_answering_takes_it_and_a_further_word_brings_it_back_to_whom_it_was(left, editor, at):
    reply(left, at, editor)
    assert state() == ("answered", "knowledge_editor")
    say(left, at, "服务台几点开", clock="10:20")
    assert state() == ("taken", "knowledge_editor")


def test_two_at_the_desk_do_not_answer_the_same(left, editor, staff, at):
    desk.take(ticket=left.pk, by=editor, now=at("10:01"))
    other = staff(Role.ADMINISTRATOR)
    with pytest.raises(PermissionDenied):
        reply(left, at, other)
    other.groups.add(editor.groups.get())
    with pytest.raises(desk.TakenByOther):
        reply(left, at, other)
    desk.give_back(ticket=left.pk, by=editor, now=at("10:02"))
    reply(left, at, other)
    assert state() == ("answered", "administrator")


def test_a_closed_one_takes_nothing_more(left, editor, at):
    desk.close(ticket=left.pk, by=editor, now=at("10:01"))
    with pytest.raises(tickets.TicketClosed):
        say(left, at)
    with pytest.raises(WrongState):
        reply(left, at, editor)
    assert leave(at, "新问题", conversation=left.conversation_id).pk != left.pk


@pytest.mark.parametrize("text", ["", "  \n ", "长" * 1001])
def test_an_empty_or_endless_message_is_refused(left, editor, at, text):
    with pytest.raises(tickets.BadMessage):
        say(left, at, text)
    with pytest.raises(tickets.BadMessage):
        reply(left, at, editor, text)


def test_a_user_who_looks_elsewhere_is_told_and_one_who_looks_is_not(person, editor, at):
    row = leave(at, "门禁卡丢了找谁", by=person.user)
    tickets.seen(ticket=row.pk, by=person.user, now=at("10:09:50"))
    reply(row, at, editor, clock="10:10")
    assert Notice.objects.count() == 0
    reply(row, at, editor, "还有别的吗", clock="11:00")
    notice = Notice.objects.get()
    assert (notice.user, notice.link) == (person.user, f"/chat/conversations/{row.conversation_id}/")


def test_looking_marks_what_the_desk_wrote_as_seen(left, editor, person, at):
    reply(left, at, editor)
    tickets.seen(ticket=left.pk, by=person.user, now=at("10:11"))
    assert Message.objects.get().seen_at is None
    tickets.seen(ticket=left.pk, by=None, now=at("10:12"))
    assert Message.objects.get().seen_at == at("10:12")


def test_who_tells_the_desk_of_a_danger_gets_the_card_at_once(left, at):
    about = {"ticket": left.pk, "by": None, "now": at("10:05")}
    card = messaging.write(text="等等，油锅着火了！", key=uuid.uuid4(), **about)
    assert (card.kind, card.calls) == ("danger", ("119",))
    assert messaging.write(text="谢谢", key=uuid.uuid4(), **about) is None
    assert Message.objects.count() == 2


def test_an_answer_becomes_a_draft_once_and_is_never_live(left, editor, at):
    with pytest.raises(WrongState):
        desk.draft(ticket=left.pk, by=editor, now=at("10:05"))
    reply(left, at, editor)
    made = desk.draft(ticket=left.pk, by=editor, now=at("10:15"))
    assert desk.draft(ticket=left.pk, by=editor, now=at("10:16")) == made
    article = Article.objects.get()
    assert (article.title, article.body, article.live) == ("门禁卡丢了找谁", "请到一楼服务台。", False)
    assert article.latest_revision.user == editor
    assert [question.text for question in article.questions.all()] == ["门禁卡丢了找谁"]


def test_every_step_is_in_the_audit_trail(left, editor, at):
    reply(left, at, editor)
    desk.show_contact(ticket=left.pk, by=editor, now=at("10:12"))
    desk.close(ticket=left.pk, by=editor, now=at("10:13"))
    conversations.forget(conversation=left.conversation_id, by=None, now=at("10:14"))
    about = AuditEntry.objects.filter(kind="chatbot.ticket", object_id=str(left.pk)).order_by("pk")
    assert list(about.values_list("deed", "after__state", "before__state")) == [
        ("created", "open", None),
        ("changed", "taken", "open"),
        ("changed", "answered", "taken"),
        ("unmasked", None, None),
        ("changed", "closed", "answered"),
        ("deleted", None, "closed"),
    ]


def test_no_other_step_is_taken():
    for before, allowed in TICKET_EDGES.items():
        for after in TicketState:
            row = Ticket(state=before)
            if after not in allowed:
                with pytest.raises(WrongState):
                    row.move_to(after)


def test_forgetting_is_for_who_started_it_and_takes_everything(left, editor, person, at):
    reply(left, at, editor)
    with pytest.raises(conversations.NotYours):
        conversations.forget(conversation=left.conversation_id, by=person.user, now=at("10:20"))
    conversations.forget(conversation=left.conversation_id, by=None, now=at("10:20"))
    assert (Conversation.objects.count(), Ticket.objects.count(), Message.objects.count()) == (0, 0, 0)


def test_after_its_time_a_conversation_goes_unless_a_person_owes_an_answer(left, editor, at):
    assert conversations.purge_conversations(at("11:00")) == 0
    reply(left, at, editor)
    assert conversations.purge_conversations(at("10:05")) == 0
    assert conversations.purge_conversations(at("11:00")) == 1
    assert Conversation.objects.count() == 0

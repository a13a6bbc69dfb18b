"""Questions without an answer become gaps once each, close when they are answered, and lead to drafts."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from chatbot import personal, tasks
from chatbot.actions import asking
from chatbot.actions.gaps import closing, deciding, gathering
from chatbot.enums import GapState
from chatbot.models import Gap, GapMember, GapSearch, Turn
from chatbot.queries import gaps
from chatbot.rules import composing
from kb import retrieval
from kb.models import Article

from .conftest import EXAM, LADDER
from .gap_fixtures import *  # noqa: F403
from .gap_fixtures import DRONES, LIFTS

pytestmark = pytest.mark.django_db
PAGE = "/admin/gaps/"


def grouped() -> list[list[str]]:
    found = gaps.questions_by_gap(list(GapState))
    return sorted([turn.question for turn in turns] for turns in found.values())


def test_questions_in_vain_become_gaps_once_each(asked, now):
    assert gathering.gather(now=now) == 5
    assert grouped() == sorted([LIFTS, DRONES])
    assert gathering.gather(now=now) == 0
    assert GapMember.objects.count() == 5
    assert GapSearch.objects.get().number == 1


def test_a_new_question_joins_its_gap_and_a_strange_one_begins_another(asked, make_turn, now):
    gathering.gather(now=now)
    lifts = Gap.objects.get(members__turn=asked[0])
    one, other = make_turn("电梯能装几只猫"), make_turn("桥下能烧烤吗")
    assert gathering.gather(now=now) == 2
    assert one.gap_member.gap == lifts
    assert (other.gap_member.gap.central, Gap.objects.count()) == (other, 3)


def test_without_an_index_everything_waits(asked, now, monkeypatch):
    monkeypatch.setattr(retrieval, "current_snapshot", lambda: None)
    assert (gathering.gather(now=now), gathering.regroup(now=now), closing.check(now=now)) == (0, 0, 0)
    assert Gap.objects.count() == 0


def test_of_two_workers_the_slower_stores_nothing(asked, now, monkeypatch):
    def meanwhile(texts):
        monkeypatch.setattr(gathering, "vectors", vectors)
        assert gathering.gather(now=now) == 5
        return vectors(texts)

    vectors = gathering.vectors
    monkeypatch.setattr(gathering, "vectors", meanwhile)
    assert gathering.gather(now=now) == 0
    assert (GapMember.objects.count(), Gap.objects.count()) == (5, 2)


def test_a_turn_is_in_one_gap_only(asked, now):
    gathering.gather(now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        GapMember.objects.create(gap=Gap.objects.first(), turn=asked[0])


def test_the_figures_of_a_gap_take_one_query(asked, make_turn, now, at, django_assert_num_queries):
    make_turn("电梯再问", conversation=asked[0].conversation, asked_at=at("10:00") - timedelta(days=8))
    make_turn("电梯早问", asked_at=at("10:00") - timedelta(days=30))
    gathering.gather(now=now)
    with django_assert_num_queries(1):
        lifts, drones = gaps.gaps(now=now)
    figures = (lifts.count, lifts.conversations, lifts.this_week, lifts.last_week, lifts.growth)
    assert figures == (5, 4, 3, 1, 2)
    assert (lifts.first_seen, lifts.last_seen) == (at("10:00") - timedelta(days=30), at("10:03"))
    assert (drones.count, drones.this_week, drones.last_week) == (2, 2, 0)
    assert [gap.pk for gap in gaps.gaps(now=now, order="last")] == [drones.pk, lifts.pk]
    assert list(gaps.gaps(now=now, states=[GapState.IGNORED])) == []
    assert gaps.counts() == {"open": 2, "drafted": 0, "answered": 0, "ignored": 0}


def test_at_night_open_gaps_are_put_together_afresh_and_keep_their_keys(asked, now):
    gathering.gather(now=now)
    lifts, drones = (Gap.objects.get(members__turn=asked[at]) for at in (0, 2))
    GapMember.objects.filter(turn=asked[1]).update(gap=drones)
    stray = Gap.objects.create(central=asked[4])
    GapMember.objects.filter(turn=asked[4]).update(gap=stray)
    assert gathering.regroup(now=now) == 2
    assert grouped() == sorted([LIFTS, DRONES])
    assert asked[1].gap_member.gap_id == drones.pk or Turn.objects.get(pk=asked[1].pk).gap_member.gap == lifts
    assert {lifts.pk} < set(Gap.objects.values_list("pk", flat=True)) <= {lifts.pk, drones.pk, stray.pk}


def test_at_night_decided_gaps_stay_and_what_helped_after_all_goes(asked, now, editor):
    gathering.gather(now=now)
    lifts, drones = (Gap.objects.get(members__turn=asked[at]) for at in (0, 2))
    deciding.decide(gap_id=drones.pk, state=GapState.IGNORED, by=editor, now=now)
    Turn.objects.filter(pk=asked[3].pk).update(helped=True)
    gathering.regroup(now=now)
    assert set(GapMember.objects.filter(gap=lifts).values_list("turn", flat=True)) == {asked[0].pk, asked[1].pk}
    assert GapMember.objects.filter(gap=drones).count() == 2


@pytest.mark.parametrize(("state", "then"), [("answered", "open"), ("ignored", "ignored"), ("drafted", "drafted")])
def test_asked_again_in_vain_an_answered_gap_opens(asked, make_turn, now, state, then):
    gathering.gather(now=now)
    Gap.objects.update(state=state)
    turn = make_turn("电梯又怎么了")
    gathering.gather(now=now)
    assert Turn.objects.get(pk=turn.pk).gap_member.gap.state == then


def test_a_new_version_that_answers_closes_the_gap_once(asked, now, monkeypatch, index):
    gathering.gather(now=now)
    drones = Gap.objects.get(members__turn=asked[2])
    assert closing.check(now=now) == 0
    said = []

    def answered(text):
        said.append(text)
        return composing.answer(EXAM, None, 0.95) if "无人机" in text else composing.unknown([], all_articles="")

    monkeypatch.setattr(asking, "answer_to", answered)
    assert (closing.check(now=now), said) == (0, [])  # the same version
    index.version = "000002-bbbbbbbbbbbb"
    assert closing.check(now=now) == 1
    drones.refresh_from_db()
    assert (drones.state, drones.decided_by, drones.decided_at) == ("answered", None, now)
    assert (closing.check(now=now), GapSearch.objects.get().checked_version) == (0, index.version)


@pytest.mark.parametrize(("confidence", "closed"), [(0.5, 0), (0.6, 1), (None, 1)])
def test_a_guess_closes_nothing(asked, now, monkeypatch, confidence, closed):
    GapSearch.objects.all().delete()
    gathering.gather(now=now)
    Gap.objects.filter(members__turn=asked[0]).update(state="ignored")
    monkeypatch.setattr(asking, "answer_to", lambda text: composing.answer(EXAM, None, confidence))
    assert closing.check(now=now) == closed


def test_what_was_answered_badly_needs_another_answer(make_turn, make_article, now, at, monkeypatch):
    make_turn("狗能坐电梯吗", kind="answer", confidence=0.97, helped=False, article="ladder")
    article = make_article("ladder", last_published_at=at("09:00"))
    monkeypatch.setattr(asking, "answer_to", lambda text: composing.answer(LADDER, None, 0.97))
    gathering.gather(now=now)
    assert closing.close_answered(keys=None, now=now) == 0
    Article.objects.filter(pk=article.pk).update(last_published_at=at("11:00"))
    assert closing.close_answered(keys=None, now=now) == 1


def test_most_questions_of_a_gap_must_be_answered(make_turn, now, monkeypatch):
    for number in range(10):
        make_turn(f"电梯能坐{number}人吗")
    gathering.gather(now=now)
    for unanswered, closed in (((3, 4), 0), ((3,), 1)):
        odd = [f"电梯能坐{number}人吗" for number in unanswered]

        def answer(text, odd=odd):
            return composing.unknown([], all_articles="") if text in odd else composing.answer(EXAM, None, 0.9)

        monkeypatch.setattr(asking, "answer_to", answer)
        assert closing.close_answered(keys=None, now=now) == closed


def test_forgotten_questions_leave_no_trace_in_gaps(asked, now, person):
    gathering.gather(now=now)
    gap = Gap.objects.get(members__turn=asked[0])
    own = gap.central
    own.conversation.started_by = person.user
    own.conversation.save()
    personal.forget(user=person.user)
    gathering.gather(now=now)
    gap.refresh_from_db()
    assert gap.central is not None and gap.central != own
    Turn.objects.all().delete()
    gathering.gather(now=now)
    assert Gap.objects.count() == 0


def test_the_tasks_do_it(asked):
    Turn.objects.update(asked_at=timezone.now())
    tasks.gather_gaps()
    tasks.regroup_gaps()
    assert GapMember.objects.count() == 6  # the old one is new now


def test_the_pages_show_them(browser, asked, now):
    gathering.gather(now=now)
    Turn.objects.update(asked_at=timezone.now())
    gap = Gap.objects.get(members__turn=asked[0])
    assert str(gap) in browser.get(PAGE).content.decode()
    assert str(gap) not in browser.get(f"{PAGE}?state=ignored").content.decode()
    text = browser.get(f"{PAGE}{gap.pk}/").content.decode()
    assert all(question in text for question in LIFTS)
    assert browser.get(f"{PAGE}?state=none").status_code == 404
    browser.post(f"{PAGE}{gap.pk}/decide/", {"do": "ignore"})
    assert Gap.objects.get(pk=gap.pk).state == "ignored"
    browser.post(f"{PAGE}{gap.pk}/decide/", {"do": "draft"})
    assert (Gap.objects.get(pk=gap.pk).state, Article.objects.count()) == ("ignored", 0)

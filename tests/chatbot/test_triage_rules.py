"""Editors' triage rules: read once, changed in the administration, refused where somebody in danger would lose."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from accounts.enums import Role
from chatbot import answering
from chatbot.actions import triage_rules as acts
from chatbot.models import TriageRule
from chatbot.permissions import grant_permissions
from chatbot.queries import triage_rules
from core.models import AuditEntry
from kb.evaluation import questions
from kb.evaluation.questions import Kind, Labelled
from kb.models import Article

from .conftest import LADDER

pytestmark = pytest.mark.django_db

LADDER_FALL = Labelled("1", "梯子倒了砸到师傅了", Kind.DANGER, ("ladder",))
PRESENT = {"decides": "present", "article": "electric-shock-rescue", "call": "120"}


@pytest.fixture(autouse=True)
def as_a_new_process():
    triage_rules._kept.forget()
    yield
    triage_rules._kept.forget()


@pytest.fixture(autouse=True)
def one_question(monkeypatch):
    monkeypatch.setattr(questions, "load", lambda name: (LADDER_FALL,))


@pytest.fixture
def make_rule(db):
    def make(name="规则", words="梯子\n砸到、压到", **fields):
        return TriageRule.objects.create(name=name, words=words, **PRESENT | fields)

    return make


@pytest.fixture
def shock(db, at):
    fields = {"topic": "electricity", "body": "## 马上这样做\n1. 断电。", "calls": "120", "source": "提示"}
    days = {"source_date": "2024", "reviewed": at("08:00").date()}
    return Article.objects.create(slug="electric-shock-rescue", title="触电", danger=True, **fields, **days)


def answer(text):
    return answering.answer_to(text)


def test_a_rule_says_that_somebody_is_in_danger(make_rule, knowledge):
    knowledge.finds("unknown", LADDER, confidence=0.1, cosine=0.1)
    assert answer("梯子倒了砸到师傅了").urgent == ""
    make_rule()
    told = answer("梯子倒了砸到师傅了")
    assert (told.kind, told.urgent) == ("danger", "electric-shock-rescue")


def test_a_rule_says_that_nobody_is_in_danger_but_not_against_a_rule_that_knows_one(make_rule, knowledge):
    knowledge.finds("choice", knowledge.documents["oil-pan-fire"])
    assert answer("我家的火锅刚才好好吃！").urgent == "oil-pan-fire"
    make_rule(words="火锅", decides="absent", article="", call="")
    assert answer("我家的火锅刚才好好吃！").urgent == ""
    assert answer("我家的火锅店着火了").urgent != ""


def test_a_rule_refuses_or_refers(make_rule, knowledge):
    knowledge.finds("answer", LADDER)
    make_rule("一", "代考", decides="refuse", article="", call="")
    make_rule("二", "仲裁", decides="refer", article="", call="12348")
    assert (answer("找代考").kind, answer("仲裁怎么申请").kind, answer("仲裁怎么申请").calls) == (
        "refused",
        "referral",
        ("12348",),
    )
    assert answer("梯子怎么放").kind == "answer"


def test_rules_cost_one_query_and_two_after_a_change(make_rule, django_assert_num_queries):
    rule = make_rule()
    with django_assert_num_queries(2):
        assert len(triage_rules.in_use()) == 1
    with django_assert_num_queries(1):
        triage_rules.in_use()
    rule.active = False
    rule.save()
    assert triage_rules.in_use() == ()


def test_without_a_database_the_last_rules_hold(make_rule, monkeypatch):
    make_rule()
    kept = triage_rules.in_use()

    def broken(*args, **options):
        raise DatabaseError

    monkeypatch.setattr(TriageRule.objects, "filter", broken)
    assert triage_rules.in_use() == kept != ()


@pytest.mark.parametrize(
    "fields", [{"article": ""}, {"call": ""}, {"decides": "refer", "call": ""}, {"decides": "guess"}]
)
def test_the_database_refuses_rules_that_cannot_be(make_rule, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_rule(**fields)


@pytest.mark.parametrize(
    "fields",
    [{"words": "一"}, {"words": "、"}, {"words": "\n".join(["甲乙"] * 6)}, {"call": "abc"}, {"article": "nothing"}],
)
def test_words_article_and_number_are_checked(fields, shock):
    with pytest.raises(ValidationError):
        TriageRule(**{"name": "?", "words": "甲乙", **PRESENT, **fields}).full_clean()


def test_the_rules_of_a_new_site_are_loaded_once_and_stay_as_editors_made_them(shock):
    count = acts.load_rules()
    assert count == TriageRule.objects.count() > 5
    TriageRule.objects.filter(name="替考").update(active=False)
    assert acts.load_rules() == 0
    assert TriageRule.objects.get(name="替考").active is False


def test_a_wrong_file_is_refused_whole(tmp_path):
    path = tmp_path / "rules.yaml"
    path.write_text(
        "rules:\n - {name: a, words: [[甲乙]], decides: refuse}\n - {name: b, words: [], decides: refuse}\n"
    )
    with pytest.raises(acts.InvalidRules):
        acts.load_rules(path=path)
    assert TriageRule.objects.count() == 0


def test_a_change_that_leaves_somebody_in_danger_untold_is_refused_with_the_question(
    client, staff, make_rule, shock, knowledge
):
    grant_permissions()
    knowledge.finds("unknown", LADDER, confidence=0.1, cosine=0.1)
    rule = make_rule()
    client.force_login(staff(Role.KNOWLEDGE_EDITOR))
    form = {"name": rule.name, "words": "升降机", "active": "on", **PRESENT}
    refused = client.post(f"/admin/triage_rules/edit/{rule.pk}/", form)
    assert LADDER_FALL.question in refused.content.decode()
    client.post(f"/admin/triage_rules/edit/{rule.pk}/", {**form, "words": rule.words, "active": ""})
    client.post(f"/admin/triage_rules/delete/{rule.pk}/")
    kept = TriageRule.objects.get()
    assert (kept.words, kept.active) == (rule.words, True)


def test_an_editor_changes_a_rule_and_the_trail_knows(client, staff, make_rule, shock, knowledge):
    grant_permissions()
    knowledge.finds("unknown", LADDER, confidence=0.1, cosine=0.1)
    rule = make_rule()
    client.force_login(staff(Role.KNOWLEDGE_EDITOR))
    form = {"name": rule.name, "words": "梯子、人字梯\n砸到、压到", "active": "on", **PRESENT}
    saved = client.post(f"/admin/triage_rules/edit/{rule.pk}/", form)
    assert (saved.status_code, TriageRule.objects.get().words) == (302, "梯子、人字梯\n砸到、压到")
    assert [entry.after for entry in AuditEntry.objects.filter(label=rule.name, deed="changed")] == [
        {"words": "梯子、人字梯\n砸到、压到"}
    ]
    assert client.get(f"/admin/triage_rules/history/{rule.pk}/").status_code == 200


def test_a_rule_that_nobody_needs_can_be_deleted(client, staff, make_rule, knowledge):
    grant_permissions()
    rule = make_rule(words="甲乙丙")
    client.force_login(staff(Role.KNOWLEDGE_EDITOR))
    client.post(f"/admin/triage_rules/delete/{rule.pk}/")
    assert TriageRule.objects.count() == 0

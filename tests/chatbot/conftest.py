"""A knowledge base of three articles, and a search that finds what it is told to find."""

from datetime import date

import pytest
from django.core.cache import cache
from django.utils import timezone

from accounts.enums import Role
from chatbot.models import Conversation, Turn
from chatbot.permissions import grant_permissions
from chatbot.queries import curated
from kb import retrieval
from kb.models import Article
from kb.permissions import grant_permissions as grant_kb_permissions
from kb.sources import Document, Passage


def article(slug: str, **fields) -> Document:
    """Return an approved article as retrieval gives it."""
    defaults = {
        "id": slug,
        "title": "油锅起火怎么办",
        "url": f"/kb/{slug}/",
        "topic": "fire",
        "source": "国家消防救援局家庭火灾科普提示",
        "source_url": "",
        "date": "2024",
        "reviewed": "2026-11-23",
        "questions": (),
        "passages": (
            Passage("马上这样做", "1. 关火。\n2. 盖上锅盖。\n3. 等锅凉。\n4. 灭不掉就离开。"),
            Passage("不要做", "- 不要泼水。"),
            Passage("为什么", "盖住锅就断了空气。"),
            Passage("拨打电话", "119：说清地址。"),
        ),
        "calls": ("119",),
        "danger": True,
    }
    return Document(**defaults | fields)


OIL = article("oil-pan-fire")
SHOCK = article("electric-shock-rescue", title="有人触电怎么救", calls=("120", "119"))
LADDER = article(
    "ladder",
    title="梯子怎么放才不会摔",
    topic="work-height",
    source="GB/T 3608-2008《高处作业分级》",
    date="2008",
    calls=(),
    danger=False,
    passages=(Passage("要点", "- 角度约七十五度。"), Passage("不要做", "- 不要站在最上面一级。")),
)
EXAM = article("exam-attempts", title="特种作业考试没过能考几次", calls=(), danger=False)


class Knowledge:
    """What search and look-up return; nothing is found until a test says so."""

    def __init__(self):
        self.found = retrieval.NOTHING
        self.documents = {document.id: document for document in (OIL, SHOCK, LADDER, EXAM)}
        self.searched = []

    def finds(self, decision: str, *documents: Document, passage=None, confidence=0.9, cosine=0.8):
        hits = tuple(
            retrieval.Hit(each, passage or (each.passages[0] if each.passages else None), 0.9, 9.0, cosine)
            for each in documents
        )
        self.found = retrieval.Found(retrieval.Decision(decision), confidence, hits)

    def search(self, question, *, limit=5, audience=None, fresh_on=None):
        self.searched.append(question)
        return self.found


@pytest.fixture(autouse=True)
def knowledge(monkeypatch):
    known = Knowledge()
    monkeypatch.setattr(retrieval, "search", known.search)
    monkeypatch.setattr(retrieval, "get", known.documents.get)
    return known


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture(autouse=True)
def no_kept_curated_answers(monkeypatch):
    """Look at the rows each time, as a process does every second."""
    monkeypatch.setattr(curated, "CHECK_SECONDS", 0.0)
    curated._held.forget()


@pytest.fixture
def make_article(db):
    """Return a function that stores an article, published unless told otherwise."""

    def make(slug="ladder", **fields):
        defaults = {
            "title": "梯子怎么放才不会摔",
            "topic": "work-height",
            "body": "## 要点\n- 角度约七十五度。",
            "source": "GB/T 3608-2008《高处作业分级》",
            "source_date": "2008",
            "reviewed": date(2026, 11, 23),
        }
        return Article.objects.create(slug=slug, **defaults | fields)

    return make


@pytest.fixture
def make_turn(db, at):
    """Return a function that notes a question in a conversation of its own, or in a given one."""

    def make(question="宠物能坐电梯吗", **fields):
        when = fields.pop("asked_at", at("10:00"))
        conversation = fields.pop("conversation", None) or Conversation.objects.create(channel="page", started_at=when)
        defaults = {"kind": "unknown", "channel": "page", "ms": 12, "confidence": 0.1}
        return Turn.objects.create(conversation=conversation, question=question, asked_at=when, **defaults | fields)

    return make


@pytest.fixture
def editor(staff):
    """A knowledge editor who may do what the role may."""
    user = staff(Role.KNOWLEDGE_EDITOR)
    grant_kb_permissions()
    grant_permissions()
    return user


@pytest.fixture
def browser(client, editor, monkeypatch):
    """The editor's, who has just proved who they are."""
    monkeypatch.setattr("accounts.menus.RoleMenuItem.is_shown", lambda item, request: True)  # a query an item
    client.force_login(editor)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": timezone.now().timestamp()}]
    session.save()
    return client

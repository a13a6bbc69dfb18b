"""A knowledge base of three articles, and a search that finds what it is told to find."""

import pytest
from django.core.cache import cache

from kb import retrieval
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

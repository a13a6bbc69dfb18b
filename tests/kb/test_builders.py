"""Builders that are real processes: two at once, and one that is killed."""

import pytest

from kb import queries, retrieval
from kb.actions import indexing
from kb.index import store

from ._process import hear, running, tell

pytestmark = pytest.mark.django_db(transaction=True)

PUBLISHES = """
from datetime import date
from kb.actions import indexing
from kb.models import Article, ArticleQuestion
print("ready", flush=True)
slug = input()
for number in range(3):
    article = Article(
        slug=f"{slug}-{number}", title=f"第{number}个鱼缸裂了怎么办", topic="home", body="## 马上这样做\\n1. 先断电。",
        source="家庭用电安全提示", source_date="2024", reviewed=date(2026, 11, 23), live=True,
    )
    article.questions = [ArticleQuestion(text=f"{slug}{number}漏水怎么办")]
    article.save()
    indexing.build_while_stale(now=timezone.now())
print("done", flush=True)
"""
STOPS_HALF_WAY = """
from kb.actions import indexing
from kb.index.snapshot import Snapshot
save = Snapshot.save
def half(self, folder):
    save(self, folder)
    (folder / "vectors.faiss").write_bytes(b"half")
    print("half", flush=True)
    input()
Snapshot.save = half
indexing.build(now=timezone.now())
"""


def test_two_processes_that_publish_at_once_both_end_up_in_the_index(index, make_article, at):
    with running(PUBLISHES) as first, running(PUBLISHES) as second:
        both = ((first, "a"), (second, "b"))
        assert [hear(process) for process, _ in both] == ["ready", "ready"]
        for process, slug in both:
            tell(process, slug)
        assert [hear(process) for process, _ in both] == ["done", "done"]
    assert queries.index_needed() is False
    assert sorted(retrieval.current_snapshot().by_id) == ["a-0", "a-1", "a-2", "b-0", "b-1", "b-2"]
    assert [version.fault for version in store.described()] == [""] * len(store.versions())


def test_a_builder_killed_half_way_leaves_the_old_index_and_the_next_build_works(index, make_article, at):
    before = store.current()
    make_article()
    with running(STOPS_HALF_WAY) as builder:
        assert hear(builder) == "half"
        assert store.is_being_written() is True
        builder.kill()
        builder.wait()
    assert (store.current(), store.versions(), store.is_being_written()) == (before, [before], False)
    assert retrieval.search("油锅起火怎么办").hits[0].document.id == "oil-pan-fire"
    assert queries.index_needed() is True
    indexing.build_while_stale(now=at("10:00"))
    assert retrieval.search("鱼缸漏水怎么办").hits[0].document.id == "fish-tank"
    assert not (index / "new").exists()

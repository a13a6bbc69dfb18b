"""The index: where exact search and inverted lists cross, and how soon a change of an article is answered.

``VECTORS`` (1,000,000) is how many vectors there are at most; 10 KB of memory each.
"""

import os

from _machine import set_up

set_up()

import json
import time
from datetime import date

import _vectors
from _knowledge import larger
from django.core.management import call_command
from django.utils import timezone

from kb import retrieval, sources
from kb.actions import indexing
from kb.index import store
from kb.models import Article, ArticleQuestion

SIZES = (40_000, 100_000, 200_000, 500_000, 1_000_000)
CHANGES = 20


def tell(name: str, value: float, detail: str = "", unit: str = "s") -> None:
    print(json.dumps({"name": name, "unit": unit, "value": round(value, 2), "detail": detail}), flush=True)


def timed(name: str, work, detail: str = ""):
    wall, cpu = time.perf_counter(), time.process_time()
    found = work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    tell(name, wall, ", ".join(filter(None, [f"{cpu:.1f} s CPU", detail])))
    return found


def publish(slug: str, title: str) -> Article:
    article = Article(
        slug=slug, title=title, topic="home", body="## 马上这样做\n1. 先断电。\n2. 再擦水。", live=True,
        source="家庭用电安全提示", source_date="2024", reviewed=date(2026, 11, 23),
    )  # fmt: skip
    article.questions = [ArticleQuestion(text=title)]
    article.save()
    return article


def store_many(documents) -> None:
    """Put the documents into the database as articles, without the signals of 2,000 single saves."""
    known = set(Article.objects.values_list("slug", flat=True))
    new = [each for each in documents if each.id not in known]
    template = {article.slug: article for article in Article.objects.all()}
    rows = []
    for each in new:
        like = template[each.id.rpartition("-")[0]]
        body = "\n\n".join(f"## {passage.heading}\n{passage.text}" for passage in each.passages)
        fields = ("topic", "calls", "danger", "audience", "english", "source", "source_date", "reviewed")
        rows.append(
            Article(slug=each.id, title=each.title, body=body, live=True, **{n: getattr(like, n) for n in fields})
        )
    Article.objects.bulk_create(rows)
    made = dict(Article.objects.values_list("slug", "pk"))
    asked = [ArticleQuestion(article_id=made[each.id], text=text[:120]) for each in new for text in each.questions]
    ArticleQuestion.objects.bulk_create(asked)
    indexing.mark_stale(now=timezone.now())


def until_answered(number: int) -> tuple[float, float]:
    """Publish, build as the worker does, ask as another process would; return the seconds, and those of CPU."""
    title = f"第{number}号鱼缸裂了漏水怎么办"
    started, cpu = time.perf_counter(), time.process_time()
    publish(f"fish-tank-{number}", title)
    indexing.build_while_stale(now=timezone.now())
    retrieval._holder.forget()  # a web process that has to read the whole version, its encoder too
    assert retrieval.search(title).hits[0].document.id == f"fish-tank-{number}"
    return time.perf_counter() - started, time.process_time() - cpu


call_command("build_index", train=True, verbosity=0)
store_many(larger(sources.documents()))
held = sources.documents()
passages = sum(len(each.passages) for each in held)
about = f"{len(held)} articles, {passages} passages"
timed("articles read from the database", sources.documents, about)
timed(
    "full build that trains, because the articles outgrew the encoder",
    lambda: indexing.build(now=timezone.now()),
    about,
)
timed("full rebuild with the encoder kept", lambda: indexing.build(now=timezone.now(), whole=True), about)
seconds, cpu = (sorted(each) for each in zip(*map(until_answered, range(CHANGES)), strict=True))
tell(
    "published to answered, by delta",
    seconds[CHANGES // 2],
    f"{cpu[CHANGES // 2]:.2f} s CPU, worst {seconds[-1]:.2f} s over {CHANGES}; to that come the nudge and the second"
    " between two looks at the pointer",
)
article = Article.objects.get(slug="fish-tank-0")
version = store.current()
started = time.perf_counter()
article.unpublish()
tell("unpublished to no longer answered", (time.perf_counter() - started) * 1000, "committed; no build", unit="ms")
assert store.current() == version and retrieval.get("fish-tank-0") is None
for count in SIZES:
    if count <= int(os.environ.get("VECTORS", "1000000")):
        _vectors.compare(count)

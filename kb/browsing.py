"""Finding articles without the index: by topic, audience and words, for pages that load no encoder."""

import re
from dataclasses import dataclass
from functools import cache

from django.db.models import Prefetch, Q

from . import queries, text
from .enums import Audience, Topic
from .models import Article, ArticleQuestion

ENOUGH = 0.6  # of the query's character pairs must stand in the article
MOST_WORDS = 60  # characters of a query that are looked at
TITLE, QUESTION, BODY = 3.0, 2.0, 1.0


@dataclass(frozen=True)
class Browsed:
    """What the list page shows: ``topics`` with their articles in order, or ``found``, best first, for words."""

    topics: list[tuple[Topic, list[Article]]]
    counts: list[tuple[Topic, int]]
    found: list[Article] | None
    total: int


def browse(*, words: str = "", topic: str = "", audience: str = "") -> Browsed:
    """Return the live articles that fit, and each topic's number before ``topic`` narrows (1 query, 2 for words)."""
    words = text.normalise(words)[:MOST_WORDS]
    fitting = _matching(words) if words else list(queries.live_articles().only("slug", "title", "topic", "audience"))
    if audience in Audience.values:
        fitting = [article for article in fitting if audience in article.audience]
    counts = [(each, sum(article.topic == each for article in fitting)) for each in Topic]
    if topic in Topic.values:
        fitting = [article for article in fitting if article.topic == topic]
    grouped = [(each, [article for article in fitting if article.topic == each]) for each in Topic]
    return Browsed(
        topics=[] if words else [(each, some) for each, some in grouped if some],
        counts=[(each, count) for each, count in counts if count],
        found=fitting if words else None,
        total=len(fitting),
    )


def terms(words: str) -> list[str]:
    """Return what to look for: character pairs of Chinese without asking words, other words whole."""
    found: list[str] = []
    for run in text.RUNS.findall(words):
        if not text.has_chinese(run):
            found.append(run)
            continue
        for part in _asking().split(run):
            found += [part[at : at + 2] for at in range(len(part) - 1)] or ([part] if part else [])
    return list(dict.fromkeys(found))


@cache
def _asking() -> re.Pattern:
    """Single characters stay: cut out of a word, they would leave halves of it."""
    phrases = sorted((word for word in text.ASKING if len(word) > 1), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, phrases)))


def _matching(words: str) -> list[Article]:
    wanted = terms(words) or [words]
    some = Q()
    for term in wanted:
        some |= Q(title__icontains=term) | Q(body__icontains=term) | Q(questions__text__icontains=term)
    keys = Article.objects.filter(some).values("pk")
    questions = Prefetch("questions", ArticleQuestion.objects.only("article_id", "text"))
    candidates = queries.live_articles().filter(pk__in=keys).prefetch_related(questions)
    scored = [(_score(article, wanted), article) for article in candidates]
    return [article for score, article in sorted(scored, key=lambda pair: (-pair[0], pair[1].slug)) if score]


def _score(article: Article, wanted: list[str]) -> float:
    title, body = text.normalise(article.title), article.body.lower()
    questions = text.normalise(" ".join(question.text for question in article.questions.all()))
    covered = sum(term in title or term in questions or term in body for term in wanted)
    if covered < ENOUGH * len(wanted):
        return 0.0
    return sum(TITLE * (term in title) + QUESTION * (term in questions) + BODY * (term in body) for term in wanted)

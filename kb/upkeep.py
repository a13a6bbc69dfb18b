"""Reading what editors must look after: reviews that are due, laws that ended, texts that wait, pairs to compare."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from wagtail.models import TaskState

from core.rules.citing import folded, named_in

from .models import Article, ArticlePair, OthersApproval
from .sources import KnownLaw, known_laws

SOON = timedelta(days=60)


@dataclass(frozen=True)
class Due:
    """A live article whose review is due on ``day``, or was."""

    article: Article
    day: date
    overdue: bool


@dataclass(frozen=True)
class Superseded:
    """A live article and a law that it names, though it no longer holds, as its source or in the text."""

    article: Article
    law: KnownLaw
    successor: str
    in_source: bool


@dataclass(frozen=True)
class Waiting:
    """A text that waits for an approval; ``mine``: of whoever looks; ``pairs``: what to compare first."""

    article: Article
    state: TaskState
    author: str
    mine: bool
    pairs: int


def due(today: date) -> list[Due]:
    """Return the live articles to be reviewed by ``SOON`` after ``today``, the longest overdue first (one query)."""
    live = Article.objects.filter(live=True).defer("body", "english")
    found = [Due(article, article.review_day, article.review_day < today) for article in live]
    return sorted((one for one in found if one.day <= today + SOON), key=lambda one: (one.day, one.article.slug))


def superseded(today: date) -> list[Superseded]:
    """Return the live articles that name a law which no longer holds (one query, and the register's).

    An article that names the successor as well tells how it changed, and is left out.
    """
    laws = {law.code: law for law in known_laws(today)}
    keys = dict(enumerate(laws.values()))
    spellings = {key: [folded(one) for one in law.spellings] for key, law in keys.items()}
    found = []
    for article in Article.objects.filter(live=True).defer("english") if laws else ():
        cited = {keys[key].code for key in named_in(article.cited, spellings)}
        named = cited | {keys[key].code for key in named_in(article.body, spellings)}
        for law in (laws[code] for code in sorted(named)):
            if not law.holds and law.successor not in named:
                successor = laws[law.successor].name if law.successor in laws else ""
                found.append(Superseded(article, law, successor, law.code in cited))
    return sorted(found, key=lambda one: (not one.in_source, one.law.name, one.article.slug))


def waiting_for(user) -> list[Waiting]:
    """Return what waits for an approval that ``user`` may see, own texts included (about four queries a text)."""
    groups = user.groups.values("pk")
    tasks = OthersApproval.objects.all() if user.is_superuser else OthersApproval.objects.filter(groups__in=groups)
    own = Q(workflow_state__requested_by=user)
    states = (
        TaskState.objects.filter(Q(task__in=tasks.values("task_ptr")) | own, status=TaskState.STATUS_IN_PROGRESS)
        .filter(task__in=OthersApproval.objects.values("task_ptr"))
        .select_related("workflow_state__requested_by", "task", "revision")
        .order_by("started_at")
        .distinct()
    )
    return [one for state in states if (one := _waiting(state, user))]


def _waiting(state: TaskState, user) -> Waiting | None:
    article = state.workflow_state.content_object
    if not isinstance(article, Article):
        return None
    by = state.workflow_state.requested_by
    allowed = {name for name, *_ in state.task.specific.get_actions(article, user)}
    return Waiting(
        article=state.revision.as_object(),
        state=state,
        author=by.get_username() if by else "",
        mine="approve" not in allowed,
        pairs=open_pairs_of(article).count(),
    )


def open_pairs() -> QuerySet[ArticlePair]:
    """Return the pairs that nobody has settled, contradictions first, with their articles."""
    return ArticlePair.objects.filter(settled_at=None).select_related("first", "second")


def settled_pairs() -> QuerySet[ArticlePair]:
    """Return the pairs that somebody found to be fine, the latest first."""
    pairs = ArticlePair.objects.filter(settled_at__isnull=False).select_related("first", "second", "settled_by")
    return pairs.order_by("-settled_at", "pk")


def open_pairs_of(article: Article) -> QuerySet[ArticlePair]:
    """Return the open pairs that the article is one of."""
    return open_pairs().filter(Q(first=article.pk) | Q(second=article.pk))


def fingerprint() -> str:
    """Return a digest (hex) that changes whenever any article, live or draft, does (one query)."""
    rows = Article.objects.order_by("pk").values_list("pk", "latest_revision_id", "live", "has_unpublished_changes")
    return hashlib.sha256(repr(list(rows)).encode()).hexdigest()


def texts() -> dict[int, Article]:
    """Return every article by key as it will be read: the draft where there is one (two queries, and one a draft)."""
    stored = Article.objects.select_related("latest_revision").prefetch_related("questions", "related")
    return {
        article.pk: article.latest_revision.as_object()
        if article.latest_revision and (article.has_unpublished_changes or not article.live)
        else article
        for article in stored
    }

"""Reading articles and the state of the index."""

from collections import defaultdict

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from .evaluation import floors
from .lexicon import Lexicon
from .models import Article, ArticleQuestion, EvaluationRun, IndexState, SearchTerm, SynonymGroup, Withdrawal


def live_articles() -> QuerySet[Article]:
    """Return what the public may read, by topic and slug."""
    return Article.objects.filter(live=True)


def live_article(slug: str) -> Article:
    """Return the live article at ``slug`` (one query).

    :raises Http404: there is none.
    """
    return get_object_or_404(live_articles(), slug=slug)


def live_questions() -> dict[int, list[str]]:
    """Return for each live article that has any, by its key, how people ask, in order (one query)."""
    asked = defaultdict(list)
    rows = ArticleQuestion.objects.filter(article__live=True).order_by("sort_order", "pk")
    for article, text in rows.values_list("article_id", "text"):
        asked[article].append(text)
    return asked


def live_address(pk: int | None) -> str:
    """Return the slug under which the article is live in the database, or an empty string (one query, none for new)."""
    return live_articles().filter(pk=pk).values_list("slug", flat=True).first() or "" if pk else ""


def related_to(article: Article) -> QuerySet[Article]:
    """Return the live articles that the article names (one or two queries)."""
    slugs = [link.slug for link in article.related.all()]
    return live_articles().filter(slug__in=slugs).only("slug", "title")


def index_needed() -> bool:
    """Say whether the articles changed since the index was built (one query)."""
    return IndexState.objects.filter(needed_at__isnull=False).exists()


def index_state() -> IndexState:
    """Return what is to be built and what was (one query); an empty one before the first change."""
    return IndexState.objects.first() or IndexState()


def withdrawn_since(number: int) -> set[str]:
    """Return the ids of the documents that were withdrawn after the withdrawal of that number (one query)."""
    return set(Withdrawal.objects.filter(number__gt=number).values_list("document", flat=True))


def lexicon() -> Lexicon:
    """Return the words that an index built now is folded by (two queries)."""
    groups = SynonymGroup.objects.filter(active=True)
    return Lexicon.of(list(SearchTerm.objects.values_list("text", flat=True)), [group.listed for group in groups])


def last_evaluations(count: int = 20) -> QuerySet[EvaluationRun]:
    """Return the latest evaluations, the newest first, without their misses (one query)."""
    return EvaluationRun.objects.select_related("requested_by").defer("misses")[:count]


def compared(run: EvaluationRun) -> list[dict]:
    """Return per figure what it is, in the other version too, what is asked, and whether it falls short (no query)."""
    asked, short = floors.floors(run.question_set), floors.under(run.figures, run.question_set) if run.figures else {}
    return [
        {
            "name": name,
            "value": value,
            "against": run.figures_against.get(name),
            "asked": asked.get(name),
            "short": name in short,
        }
        for name, value in run.figures.items()
    ]


def authors_of_draft(article: Article) -> set[int]:
    """Return the keys of the users who wrote what is not live yet, or submitted it (two queries).

    A revision that changes nothing (Wagtail makes one at each save) has no author.
    """
    revisions = article.revisions.order_by("created_at", "pk")
    if article.live_revision_id:
        revisions = revisions.filter(pk__gte=article.live_revision_id)
    authors, before = set(), None
    for revision in revisions:
        text = revision.as_object()
        after = (text.slug, text.content_digest)
        is_base = revision.pk == article.live_revision_id
        if after != before and not is_base and revision.user_id:
            authors.add(revision.user_id)
        before = after
    state = article.current_workflow_state
    if state and state.requested_by_id:
        authors.add(state.requested_by_id)
    return authors

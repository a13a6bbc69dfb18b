"""Reading articles and the state of the index."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from .models import Article, IndexState


def live_articles() -> QuerySet[Article]:
    """Return what the public may read, by topic and slug."""
    return Article.objects.filter(live=True)


def live_article(slug: str) -> Article:
    """Return the live article at ``slug`` (one query).

    :raises Http404: there is none.
    """
    return get_object_or_404(live_articles(), slug=slug)


def related_to(article: Article) -> QuerySet[Article]:
    """Return the live articles that the article names (one or two queries)."""
    slugs = [link.slug for link in article.related.all()]
    return live_articles().filter(slug__in=slugs).only("slug", "title")


def index_needed() -> bool:
    """Say whether the articles changed since the index was built (one query)."""
    return IndexState.objects.filter(needed_at__isnull=False).exists()


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

"""Load articles from Markdown files with a YAML head, and search words and synonyms from one YAML file."""

from datetime import date, datetime
from pathlib import Path

import yaml
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from kb.models import Article, ArticleQuestion, RelatedArticle, SearchTerm, SynonymGroup


class InvalidArticle(Exception):
    """A file is not an article; the message names the file and says why."""


class InvalidLexicon(Exception):
    """The file does not list search words and groups of synonyms; the message says why."""


def load_articles(*, folder: Path, by: User | None, now: datetime) -> int:
    """Create or refresh one live article per ``*.md`` under ``folder``; return how many were written.

    What somebody edited, unpublished or has a draft of since is left as it is.

    :raises InvalidArticle: a file cannot be an article; nothing was written.
    """
    drafts = [read_article(path) for path in sorted(folder.rglob("*.md"))]
    with transaction.atomic():
        return sum(_load(draft, by, now) for draft in drafts)


def read_article(path: Path) -> Article:
    """Return the unsaved article that the file describes.

    :raises InvalidArticle: a field is missing or wrong.
    """
    try:
        _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
        fields = yaml.safe_load(head)
        questions = [ArticleQuestion(text=text, sort_order=at) for at, text in enumerate(fields.pop("questions"))]
        fields["calls"] = ",".join(fields["calls"])
        fields["source_date"] = str(fields["source_date"])
        fields["reviewed"] = date.fromisoformat(str(fields["reviewed"]))
        if "review_due" in fields:
            fields["review_due"] = date.fromisoformat(str(fields["review_due"]))
        others = fields.pop("related", [])
        related = [RelatedArticle(slug=slug, sort_order=at) for at, slug in enumerate(others)]
        article = Article(body=body.strip(), questions=questions, related=related, **fields)
        article.full_clean(validate_unique=False)
        for row in (*questions, *related):
            row.full_clean(exclude=["article"])
    except (ValueError, TypeError, KeyError, AttributeError, yaml.YAMLError, ValidationError) as error:
        raise InvalidArticle(f"{path.name}: {error}") from error
    return article


def _load(seed: Article, by: User | None, now: datetime) -> bool:
    digest = seed.content_digest
    article = Article.objects.filter(slug=seed.slug).first()
    if article is None:
        article = seed
        article.live = False
        article.first_published_at = now
        article.seeded_digest = digest
        article.save()
    else:
        touched = article.has_unpublished_changes or article.content_digest != article.seeded_digest
        if touched or not article.live or digest == article.seeded_digest:
            return False
        for name in (*Article.CONTENT, *Article.DAYS):
            setattr(article, name, getattr(seed, name))
        article.questions, article.related = list(seed.questions.all()), list(seed.related.all())
        article.seeded_digest = digest
    article.save_revision(user=by).publish(user=by)
    return True


def load_lexicon(*, path: Path) -> int:
    """Add the search words and groups of synonyms that are not there yet; return how many.

    A group that is there is left as editors made it; one that is not in use stays out of use.

    :raises InvalidLexicon: a word or a group is wrong; nothing was written.
    """
    try:
        listed = yaml.safe_load(path.read_text(encoding="utf-8"))
        terms = [SearchTerm(text=word) for word in dict.fromkeys(listed["terms"])]
        groups = [SynonymGroup(first=words[0], words="\n".join(words)) for words in listed["groups"]]
        for each in (*terms, *groups):
            each.clean_fields()
    except (ValueError, TypeError, KeyError, IndexError, yaml.YAMLError, ValidationError) as error:
        raise InvalidLexicon(f"{path.name}: {error}") from error
    with transaction.atomic():
        known = set(SearchTerm.objects.values_list("text", flat=True))
        firsts = set(SynonymGroup.objects.values_list("first", flat=True))
        new = [each for each in terms if each.text not in known], [each for each in groups if each.first not in firsts]
        for each in (*new[0], *new[1]):
            each.save()
    return len(new[0]) + len(new[1])

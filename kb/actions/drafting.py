"""A new article as a draft: in its author's name, never live; from there it goes the way of every article."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from kb.enums import Topic
from kb.models import Article, ArticleQuestion

UNWRITTEN = ("body", "source", "source_date")  # the form asks for them before anybody can submit the draft


class NotAnEditor(PermissionDenied):
    """Only a knowledge editor brings knowledge in."""

    reason = _("Only a knowledge editor may bring knowledge in.")


def begin(*, slug: str, title: str, topic: Topic, questions: Sequence[str], by: User, now: datetime) -> Article:
    """Store a draft that so far has a title and the ways in which people ask; its author writes the text.

    :raises NotAnEditor: ``by`` lacks the role.
    :raises ValidationError: the address is taken, or a field is too long.
    """
    if not has_role(by, Role.KNOWLEDGE_EDITOR):
        raise NotAnEditor(NotAnEditor.reason)
    article = Article(slug=slug, title=title, topic=topic, reviewed=timezone.localdate(now))
    return store(article=article, questions=questions, by=by, unwritten=UNWRITTEN)


def store(*, article: Article, questions: Sequence[str], by: User, unwritten: Sequence[str] = ()) -> Article:
    """Store a new article with its questions as a draft of ``by``, and return it; ``unwritten`` fields may be empty.

    :raises ValidationError: a field is wrong.
    """
    article.live = False
    article.questions = [ArticleQuestion(text=text, sort_order=at) for at, text in enumerate(questions)]
    article.full_clean(exclude=unwritten)
    with transaction.atomic():
        article.save()
        article.save_revision(user=by, clean=False)  # that was done above
    return article

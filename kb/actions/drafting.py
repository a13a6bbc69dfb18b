"""A new article as a draft: in its author's name, never live; from there it goes the way of every article."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from kb.enums import Topic
from kb.models import Article, ArticleQuestion

TITLE, QUESTION = (Article._meta.get_field("title").max_length, ArticleQuestion._meta.get_field("text").max_length)
UNWRITTEN = ("body", "source", "source_date")  # the form asks for them before anybody can submit the draft


class NotAnEditor(PermissionDenied):
    """Only a knowledge editor brings knowledge in."""

    reason = _("Only a knowledge editor may bring knowledge in.")


def draft(
    *, questions: Sequence[str], title: str = "", body: str = "", topic: Topic = Topic.HOME, by: User, now: datetime
) -> Article:
    """Store a draft of what the public asks under a new address; without a title it has the first question's words.

    It has no source yet, and perhaps no text: its author writes them.

    :raises NotAnEditor: ``by`` is no knowledge editor.
    """
    if not has_role(by, Role.KNOWLEDGE_EDITOR):
        raise NotAnEditor(NotAnEditor.reason)
    article = Article(
        slug=f"draft-{uuid4().hex[:12]}",
        title=(title or questions[0])[:TITLE],
        topic=topic,
        body=body,
        reviewed=timezone.localdate(now),
    )
    return store(article=article, questions=[text[:QUESTION] for text in questions], by=by, unwritten=UNWRITTEN)


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

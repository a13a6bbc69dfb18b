"""Drafts that begin with a question of the public; a person gives them topic and source before anybody approves."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from kb.enums import Topic
from kb.models import Article, ArticleQuestion

from .importing import NotAnEditor

TITLE, QUESTION = (Article._meta.get_field("title").max_length, ArticleQuestion._meta.get_field("text").max_length)


def draft(*, questions: Sequence[str], body: str, by: User, now: datetime) -> Article:
    """Store a draft under a new address, its title the first question; it is not live and has no source yet.

    :raises NotAnEditor: ``by`` is no knowledge editor.
    """
    if not has_role(by, Role.KNOWLEDGE_EDITOR):
        raise NotAnEditor(NotAnEditor.reason)
    article = Article(
        slug=f"draft-{uuid4().hex[:12]}",
        title=questions[0][:TITLE],
        topic=Topic.HOME,
        body=body,
        live=False,
        reviewed=timezone.localdate(now),
    )
    article.questions = [ArticleQuestion(text=text[:QUESTION], sort_order=at) for at, text in enumerate(questions)]
    with transaction.atomic():
        article.save()
        article.save_revision(user=by, clean=False)  # complete is what the approvals ask
    return article

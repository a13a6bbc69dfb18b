"""What editors make of a gap: an article, or nothing; on record."""

from collections import Counter
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from chatbot.enums import GapState
from chatbot.models import Gap, Turn
from chatbot.rules import curating, masking
from core.actions.auditing import record
from core.enums import Deed
from kb import retrieval
from kb.actions import drafting
from kb.enums import Topic
from kb.models import Article

MOST_QUESTIONS = 12


class NotYourTask(PermissionDenied):
    """Only a knowledge editor decides what becomes of a gap."""

    reason = _("Only a knowledge editor may decide this.")


class WrongState(Exception):
    """The gap has moved on; what was asked for cannot be done any more."""


def draft(*, gap_id: int, by: User, now: datetime) -> Article:
    """Begin an article in the name of ``by`` with the gap's questions as ways of asking; again returns the same one.

    :raises NotYourTask: ``by`` is no knowledge editor.
    :raises WrongState: the gap is answered or ignored.
    """
    with transaction.atomic():
        gap = _locked(gap_id, by)
        if gap.state == GapState.DRAFTED and gap.article:
            return gap.article
        turns = list(Turn.objects.filter(gap_member__gap=gap).order_by("asked_at", "pk"))
        questions = ways_of_asking([turn.question for turn in turns])
        title = _shown(str(gap)) or f"{Gap._meta.verbose_name} {gap.pk}"  # all of it may have been masked
        if gap.state == GapState.DRAFTED:  # its draft was deleted
            gap.state = GapState.OPEN
        if not gap.may_become(GapState.DRAFTED):
            raise WrongState
        article = drafting.draft(questions=questions, title=title, topic=_topic(title), by=by, now=now)
        _move(gap, GapState.DRAFTED, by, now, article=article)
    return article


def decide(*, gap_id: int, state: GapState, by: User, now: datetime) -> Gap:
    """Leave a gap unanswered on purpose, or open it again.

    :raises NotYourTask: ``by`` is no knowledge editor.
    :raises WrongState: it cannot become that from what it is.
    """
    if state not in (GapState.IGNORED, GapState.OPEN):
        raise WrongState
    with transaction.atomic():
        gap = _locked(gap_id, by)
        _move(gap, state, by, now)
    return gap


def ways_of_asking(questions: list[str]) -> list[str]:
    """Return the questions most often asked, each once and without what was masked, as an article lists them."""
    often = Counter(curating.plain(question) for question in questions)
    asked = {curating.plain(question): _shown(question) for question in reversed(questions)}
    fitting = [(plain, shown) for plain, shown in asked.items() if plain and 0 < len(shown) <= drafting.QUESTION]
    fitting.sort(key=lambda pair: (-often[pair[0]], pair[1]))
    return [shown for _plain, shown in fitting[:MOST_QUESTIONS]]


def _shown(question: str) -> str:
    return " ".join(question.replace(masking.HIDDEN, " ").split())


def _topic(title: str) -> Topic:
    """Return the topic of the article that is nearest, for the editor to correct."""
    hits = retrieval.search(title).hits
    return Topic(hits[0].document.topic) if hits and hits[0].document.topic in Topic.values else Topic.HOME


def _locked(gap_id: int, by: User) -> Gap:
    if not has_role(by, Role.KNOWLEDGE_EDITOR):
        raise NotYourTask(NotYourTask.reason)
    return Gap.objects.select_for_update(of=("self",)).select_related("central", "article").get(pk=gap_id)


def _move(gap: Gap, state: GapState, by: User, now: datetime, **values) -> None:
    if not gap.may_become(state):
        raise WrongState
    before, gap.state, gap.decided_by, gap.decided_at = gap.state, state, by, now
    for name, value in values.items():
        setattr(gap, name, value)
    gap.save()
    label = f"{Gap._meta.verbose_name} {gap.pk}"  # its name is somebody's question
    changes = {"before": {"state": str(before)}, "after": {"state": str(state)}}
    record(deed=Deed.CHANGED, target=gap, label=label, **changes, by=by, now=now)

"""Find articles that are nearly the same or contradict each other; editors say which pairs are fine."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.queries import has_any_role
from kb import retrieval, upkeep
from kb.comparing.contradictions import conflicts
from kb.comparing.likeness import Said, alike
from kb.comparing.quantities import quantities
from kb.enums import PairKind
from kb.models import Article, ArticlePair, PairSearch
from kb.permissions import STAFF


class NotYourTask(PermissionDenied):
    """Only those who look after the articles decide on pairs."""

    reason = _("Only those who look after the articles may decide this.")


def settle(*, pair_id: int, fine: bool, by: User, now: datetime) -> ArticlePair:
    """Say that a pair is fine as it is, or take that back; it holds until one of the two texts changes.

    :raises NotYourTask: ``by`` has none of the roles.
    :raises ArticlePair.DoesNotExist: the pair is no longer found.
    """
    if not has_any_role(by, STAFF):
        raise NotYourTask(NotYourTask.reason)
    with transaction.atomic():
        pair = ArticlePair.objects.select_for_update(of=("self",)).get(pk=pair_id)
        pair.settled_by, pair.settled_at = (by, now) if fine else (None, None)
        pair.save(update_fields=["settled_by", "settled_at"])
    return pair


def compare_if_changed(*, now: datetime) -> bool:
    """Compare the articles, drafts included, if any of them changed since last time; say whether that was so."""
    seen = upkeep.fingerprint()
    if PairSearch.objects.filter(seen=seen).exists():
        return False
    compare(now=now)
    return True


def compare(*, now: datetime) -> int:
    """Compare all articles and store what was found; return the number of pairs that wait for a decision.

    Comparing takes place outside the transaction; twice at once is harmless, the later result stands.
    """
    seen = upkeep.fingerprint()
    articles = upkeep.texts()
    encode = retrieval.encoder()
    found = _duplicates(articles, encode) | _contradictions(articles)
    with transaction.atomic():
        PairSearch.objects.get_or_create(pk=PairSearch.SINGLETON)
        search = PairSearch.objects.select_for_update().get(pk=PairSearch.SINGLETON)
        _store(found, now)
        search.seen, search.finished_at, search.by_meaning = seen, now, encode is not None
        search.save()
        return ArticlePair.objects.filter(settled_at=None).count()


def _duplicates(articles: Mapping[int, Article], encode) -> dict[tuple, dict]:
    said = {key: Said((each.title, *_questions(each)), each.body) for key, each in articles.items()}
    return {
        (pair.first, pair.second, PairKind.DUPLICATE): {
            "likeness": pair.likeness,
            "facts": [{"shared": list(pair.shared)}] if pair.shared else [],
            "digest": _digest([articles[pair.first].content_digest, articles[pair.second].content_digest]),
        }
        for pair in alike(said, encode=encode)
    }


def _contradictions(articles: Mapping[int, Article]) -> dict[tuple, dict]:
    numbers = {
        key: [number for _heading, passage in each.sections for number in quantities(passage)]
        for key, each in articles.items()
    }
    by_pair = defaultdict(list)
    for one in conflicts(numbers):
        by_pair[one.first, one.second, PairKind.CONTRADICTION].append(one)
    return {
        key: {
            "likeness": max(one.likeness for one in some),
            "facts": [
                {"first": one.said_first, "second": one.said_second, "a": one.shown_first, "b": one.shown_second}
                for one in some
            ],
            # Of the sentences alone: a corrected comma elsewhere must not bring a settled pair back.
            "digest": _digest(sorted([one.said_first, one.said_second] for one in some)),
        }
        for key, some in by_pair.items()
    }


def _questions(article: Article) -> tuple[str, ...]:
    return tuple(question.text for question in article.questions.all())


def _digest(texts: list) -> str:
    return hashlib.sha256(json.dumps(texts, ensure_ascii=False).encode()).hexdigest()


def _store(found: Mapping[tuple, dict], now: datetime) -> None:
    """Keep what was settled while its digest is the same; what is no longer found goes, decided or not."""
    known = {
        (pair.first_id, pair.second_id, pair.kind): pair for pair in ArticlePair.objects.select_for_update(of=("self",))
    }
    ArticlePair.objects.filter(pk__in=[pair.pk for key, pair in known.items() if key not in found]).delete()
    there = set(Article.objects.values_list("pk", flat=True))  # one may have been deleted meanwhile
    for (first, second, kind), values in found.items():
        pair = known.get((first, second, kind))
        if pair is None and {first, second} <= there:
            pair = ArticlePair(first_id=first, second_id=second, kind=kind, found_at=now)
        elif pair is None or (pair.digest == values["digest"] and pair.likeness == values["likeness"]):
            continue
        if pair.digest != values["digest"]:
            pair.settled_by = pair.settled_at = None
        for name, value in values.items():
            setattr(pair, name, value)
        pair.save()

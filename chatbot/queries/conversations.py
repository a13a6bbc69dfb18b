"""Reading what was asked, masked as it is kept: by what it says, how it was answered, when, and what was said of it."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from chatbot.models import Conversation, Turn
from kb.models import Article

HELPED = {"yes": True, "no": False, "unsaid": None}


@dataclass(frozen=True)
class Wanted:
    """What to look for; empty is everything. Confidences in [0, 1], days local and both included."""

    text: str = ""
    kind: str = ""
    channel: str = ""
    article: str = ""
    least: float | None = None
    most: float | None = None
    since: date | None = None
    until: date | None = None
    helped: str = ""

    @property
    def said(self) -> dict[str, str]:
        """What is not empty, as an audit entry shows it."""
        return {name: str(value) for name, value in asdict(self).items() if value not in ("", None)}


def turns(wanted: Wanted) -> QuerySet[Turn]:
    """Return the questions that fit, the newest first."""
    given = {
        "question__icontains": wanted.text,
        "kind": wanted.kind,
        "channel": wanted.channel,
        "article": wanted.article,
        "confidence__gte": wanted.least,
        "confidence__lte": wanted.most,
        "asked_at__gte": wanted.since and start_of(wanted.since),
        "asked_at__lt": wanted.until and start_of(wanted.until + timedelta(days=1)),
    }
    found = Turn.objects.filter(**{name: value for name, value in given.items() if value not in ("", None)})
    if wanted.helped in HELPED:
        found = found.filter(helped=HELPED[wanted.helped])
    return found.order_by("-asked_at", "-pk")


def thread(conversation: Conversation) -> list[Turn]:
    """Return the questions of a conversation in order (one query)."""
    return list(conversation.turns.order_by("asked_at", "pk"))


def titles(slugs) -> dict[str, str]:
    """Return the titles of the articles at these addresses, published or not (one query)."""
    return dict(Article.objects.filter(slug__in=set(slugs)).values_list("slug", "title"))


def start_of(day: date) -> datetime:
    """Return the moment at which the day begins here."""
    return timezone.make_aware(datetime.combine(day, time()))

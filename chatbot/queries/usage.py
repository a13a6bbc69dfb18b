"""How articles do as answers: shown, found helpful or not, and in danger cards."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from chatbot.enums import AnswerKind, Complaint
from chatbot.models import Turn
from kb.models import Article
from kb.usage import Use


def use_of(*, since: datetime, until: datetime | None = None, slugs: Sequence[str] | None = None) -> Mapping[str, Use]:
    """Return the use of each article that was an answer in the time, by its address (one query)."""
    turns = Turn.objects.filter(asked_at__gte=since).exclude(article="")
    if until is not None:
        turns = turns.filter(asked_at__lt=until)
    if slugs is not None:
        turns = turns.filter(article__in=slugs)
    complaints = {f"because_{name.value}": Count("pk", filter=Q(complaint=name)) for name in Complaint}
    rows = (
        turns.order_by()
        .values("article")
        .annotate(
            shown=Count("pk"),
            good=Count("pk", filter=Q(helped=True)),
            bad=Count("pk", filter=Q(helped=False)),
            danger=Count("pk", filter=Q(kind=AnswerKind.DANGER)),
            **complaints,
        )
    )
    return {row["article"]: _use(row) for row in rows}


def _use(row: dict) -> Use:
    complaints = {name.value: row[f"because_{name.value}"] for name in Complaint if row[f"because_{name.value}"]}
    return Use(row["shown"], row["good"], row["bad"], row["danger"], complaints)


def by_day(*, since: date, days: int) -> list[tuple[date, int]]:
    """Return how many questions were asked on each of the local days (one query)."""
    first = timezone.make_aware(datetime.combine(since, datetime.min.time()))
    turns = Turn.objects.filter(asked_at__gte=first, asked_at__lt=first + timedelta(days=days))
    counts = dict(turns.order_by().values_list(TruncDate("asked_at")).annotate(count=Count("pk")))
    return [(day, counts.get(day, 0)) for day in (since + timedelta(days=at) for at in range(days))]


def never_shown(used: Mapping[str, Use]) -> list[tuple[str, str]]:
    """Return address and title of the published articles that are not among ``used`` (one query)."""
    live = Article.objects.filter(live=True).values_list("slug", "title")
    return [(slug, title) for slug, title in live if slug not in used]

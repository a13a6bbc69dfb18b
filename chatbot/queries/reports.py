"""The figures of one week, as a weekly report keeps them: numbers, addresses and keys, never a question."""

from collections import Counter
from datetime import date, datetime, time

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from chatbot.enums import AnswerKind, Complaint
from chatbot.models import Gap, Turn, WeeklyReport
from chatbot.rules.weeks import WEEK, percentile

from . import usage

TOP = 10
PERCENTILES = (50, 95, 99)


def figures(monday: date) -> dict:
    """Return what was asked from that Monday to the next one (six queries)."""
    since = timezone.make_aware(datetime.combine(monday, time()))
    turns = Turn.objects.filter(asked_at__gte=since, asked_at__lt=since + WEEK).order_by()
    counted = turns.values_list("channel", "kind").annotate(count=Count("pk"))
    matrix: dict[str, dict[str, int]] = {}
    for channel, kind, count in counted:
        matrix.setdefault(channel, {})[kind] = count
    totals = turns.aggregate(
        questions=Count("pk"),
        conversations=Count("conversation", distinct=True),
        good=Count("pk", filter=Q(helped=True)),
        bad=Count("pk", filter=Q(helped=False)),
        **{f"complaint_{each.value}": Count("pk", filter=Q(complaint=each)) for each in Complaint},
    )
    used = usage.use_of(since=since, until=since + WEEK)
    slowest = sorted(turns.values_list("ms", flat=True))
    kinds = Counter()
    for row in matrix.values():
        kinds.update(row)
    return {
        **{name: totals[name] for name in ("questions", "conversations")},
        "helped": totals["good"],
        "not_helped": totals["bad"],
        "complaints": {each.value: totals[f"complaint_{each.value}"] for each in Complaint},
        "kinds": {kind.value: kinds[kind.value] for kind in AnswerKind},
        "channels": matrix,
        "days": [count for _day, count in usage.by_day(since=monday, days=7)],
        "articles": _most(used, "shown"),
        "badly": _most(used, "not_helped"),
        "danger": _most(used, "danger"),
        "gaps": [list(row) for row in growing(since)],
        "ms": {str(share): percentile(slowest, share / 100) for share in PERCENTILES},
    }


def growing(since: datetime) -> QuerySet:
    """Return (key, questions of the week, of the week before) of the gaps that grew most (one query)."""
    asked = "members__turn__asked_at"
    this = Count("members", filter=Q(**{f"{asked}__gte": since, f"{asked}__lt": since + WEEK}))
    before = Count("members", filter=Q(**{f"{asked}__gte": since - WEEK, f"{asked}__lt": since}))
    found = Gap.objects.annotate(this=this, before=before).filter(this__gt=F("before"))
    return found.order_by(F("before") - F("this"), "-this", "pk").values_list("pk", "this", "before")[:TOP]


def names_of_gaps(report: WeeklyReport) -> dict[int, str]:
    """Return how the gaps of a report are called now; those that are forgotten are missing (one query)."""
    keys = [key for key, *_rest in report.figures["gaps"]]
    return {gap.pk: str(gap) for gap in Gap.objects.filter(pk__in=keys).select_related("central")}


def before(report: WeeklyReport) -> WeeklyReport | None:
    """Return the report of the week before, if there is one (one query)."""
    return WeeklyReport.objects.filter(monday=report.monday - WEEK).first()


def _most(used, name: str) -> list[list]:
    rows = [(slug, getattr(use, name)) for slug, use in used.items() if getattr(use, name)]
    return [list(row) for row in sorted(rows, key=lambda row: (-row[1], row[0]))[:TOP]]

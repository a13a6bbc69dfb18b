"""The list of articles and one article."""

from django.conf import settings
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.queries.staff import is_staff

from . import browsing, queries
from .enums import Audience


@require_safe
def article_list(request):
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "topic", "audience")}
    found = browsing.browse(words=asked["q"], topic=asked["topic"], audience=asked["audience"])
    return render(request, "kb/list.html", {"browsed": found, "asked": asked, "audiences": Audience.choices})


@require_safe
def article(request, slug):
    """One article; ``?p=2`` shows its second section as the one that an answer cites."""
    found = queries.live_article(slug)
    cited = request.GET.get("p", "")
    today = timezone.localdate(request.now)
    context = {
        "article": found,
        "related": queries.related_to(found),
        "cited": int(cited) if cited.isascii() and cited.isdecimal() and len(cited) < 4 else 0,
        "address": f"{settings.BASE_URL}{found.get_absolute_url()}",
        "overdue": found.review_day < today and is_staff(request.user),
    }
    return render(request, "kb/article.html", context)

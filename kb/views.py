"""The list of articles and one article."""

from django.shortcuts import render

from . import queries


def article_list(request):
    return render(request, "kb/list.html", {"topics": queries.articles_by_topic()})


def article(request, slug):
    found = queries.live_article(slug)
    return render(request, "kb/article.html", {"article": found, "related": queries.related_to(found)})

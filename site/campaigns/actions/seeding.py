"""Load the seeded campaigns and articles from ``campaigns/content``; pages that exist are left as editors made them."""

from pathlib import Path

import yaml
from django.utils.text import Truncator
from wagtail.models import Page

from campaigns.models import CampaignIndexPage, CampaignPage
from cms.models import ArticlePage, SectionPage
from cms.rules import prose
from training.models import CoursePage

CONTENT = Path(__file__).resolve().parent.parent / "content"


def read(name: str):
    """Return the parsed YAML file ``name`` of the seed content."""
    return yaml.safe_load((CONTENT / name).read_text(encoding="utf-8"))


def load_campaigns(*, index: CampaignIndexPage) -> int:
    """Create the three seeded campaigns below ``index``; return how many were new."""
    return sum(_load_campaign(index, read(name)) for name in ("safety-production-month.yaml", "5-12.yaml", "7-28.yaml"))


def _load_campaign(index: Page, data: dict) -> bool:
    if index.get_children().filter(slug=data["slug"]).exists():
        return False
    page = CampaignPage(
        title=data["title"],
        slug=data["slug"],
        summary=data["summary"],
        content_source=Truncator(data["source"]).chars(120),
        starts=data["starts"],
        ends=data["ends"],
        body=[block for row in data["body"] for block in _blocks(row)],
    )
    index.add_child(instance=page)
    page.save_revision().publish()
    return True


def _blocks(row: dict) -> list[tuple]:
    (kind, value), *_ = row.items()
    if kind == "text":
        return prose.blocks(value)
    if kind == "call_to_action":
        return [(kind, {"text": value["text"], "page": None, "path": value["path"]})]
    if kind == "related_course":
        return [(kind, course) for course in CoursePage.objects.filter(slug=value)]
    return [(kind, value)]


def load_articles(*, home: Page) -> int:
    """Create the site's sections and first articles below ``home``; return how many articles were new."""
    count = 0
    for number, row in enumerate(read("articles.yaml")):
        section = SectionPage.objects.filter(title=row["section"]).first()
        if section is None:
            section = home.add_child(instance=SectionPage(title=row["section"], slug=f"section-{number + 1}"))
        if not section.get_children().filter(slug=row["slug"]).exists():
            page = ArticlePage(
                title=row["title"],
                slug=row["slug"],
                summary=row["summary"],
                content_source=Truncator(row["source"]).chars(120),
                body=prose.blocks(row["body"]),
            )
            section.add_child(instance=page)
            page.save_revision().publish()
            count += 1
    return count

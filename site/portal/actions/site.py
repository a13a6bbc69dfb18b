"""Lay out the page tree and the site's own details."""

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site

from campaigns.actions import seeding as campaigns
from campaigns.models import CampaignIndexPage
from cms.models import SiteSettings
from portal.models import HomePage
from training.models import CourseIndexPage

FEATURE_ICONS = ("book", "exam", "chat", "flag", "shield")


def ensure_home(*, hostname: str, port: int) -> HomePage:
    """Return the home page, making it and the Wagtail site in the place of Wagtail's welcome page on a new database."""
    with transaction.atomic():
        home = HomePage.objects.first()
        if home is None:
            Page.objects.filter(depth=2, slug="home").exclude(pk__in=HomePage.objects.values("pk")).delete()
            words = campaigns.read("site.yaml")
            features = [
                ("feature", {**feature, "icon": icon})
                for feature, icon in zip(words["features"], FEATURE_ICONS, strict=True)
            ]
            root = Page.objects.get(depth=1)
            root.refresh_from_db()
            home = root.add_child(
                instance=HomePage(title=words["hero_title"], slug="home", summary=words["hero_lead"], features=features)
            )
            home.save_revision().publish()
        site, _created = Site.objects.update_or_create(
            is_default_site=True,
            defaults={"hostname": hostname, "port": port, "root_page": home, "site_name": settings.WAGTAIL_SITE_NAME},
        )
        SiteSettings.objects.get_or_create(
            site=site, defaults={"host": "市应急管理局", "contact": "12345 政务服务便民热线", "domain": hostname}
        )
    return home


def ensure_indexes(*, home: HomePage) -> tuple[CourseIndexPage, CampaignIndexPage]:
    """Return the pages that list courses and campaigns, making them where they are missing."""
    return (
        _ensure(CourseIndexPage, home, title="课程", slug="courses", summary="按作业类别学习，学时按真实时间记。"),
        _ensure(
            CampaignIndexPage, home, title="专题", slug="campaigns", summary="安全生产月、防灾减灾日，一页看明白。"
        ),
    )


def _ensure(model, home: Page, **fields):
    page = model.objects.first()
    if page is None:
        page = home.add_child(instance=model(**fields))
        page.save_revision().publish()
    return page

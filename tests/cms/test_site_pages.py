"""Sections, articles and what a government site says of itself."""

from campaigns.actions import seeding
from cms.models import ArticlePage, ErrorReport, SectionPage, SiteSettings


def test_an_article_carries_the_government_meta_tags(client, home):
    seeding.load_articles(home=home)
    settings = SiteSettings.objects.get()
    settings.site_code, settings.domain = "3702000001", "example.gov.cn"
    settings.save()
    article = ArticlePage.objects.first()
    page = client.get(article.url).content.decode()
    assert '<meta name="SiteIDCode" content="3702000001">' in page
    assert '<meta name="SiteDomain" content="example.gov.cn">' in page
    assert f'<meta name="ArticleTitle" content="{article.title}">' in page
    assert f'<meta name="ColumnName" content="{article.get_parent().title}">' in page
    assert '<meta name="PubDate" content="20' in page
    assert '<meta name="ContentSource" content="' in page


def test_a_section_lists_its_articles(client, home):
    seeding.load_articles(home=home)
    section = SectionPage.objects.get(title="教育培训")
    titles = list(ArticlePage.objects.child_of(section).values_list("title", flat=True))
    page = client.get(section.url).content.decode()
    assert titles
    assert all(title in page for title in titles)


def test_the_footer_shows_the_sites_details(client, home):
    SiteSettings.objects.update(host="某市应急管理局", icp_number="鲁ICP备00000000号")
    page = client.get("/").content.decode()
    assert "某市应急管理局" in page
    assert "鲁ICP备00000000号" in page


def test_a_visitor_reports_an_error_and_it_is_kept(client, home):
    reply = client.post("/report-an-error/", {"path": "/campaigns/", "text": "日期不对"})
    assert reply.status_code == 200
    assert ErrorReport.objects.values_list("path", "text", "done").get() == ("/campaigns/", "日期不对", False)


def test_an_empty_report_is_refused_and_the_input_stays(client, home):
    page = client.post("/report-an-error/", {"path": "/campaigns/", "text": ""}).content.decode()
    assert "/campaigns/" in page
    assert not ErrorReport.objects.exists()

"""The base of every page, the section and article pages, and the site's own settings."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from .blocks import COMMON_BLOCKS


class BasePage(Page):
    """What every page has: a summary, and where its content comes from (government site conventions)."""

    summary = models.CharField(_("summary"), max_length=200, blank=True)
    content_source = models.CharField(_("source of the content"), max_length=120, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    promote_panels = [*Page.promote_panels, FieldPanel("content_source")]
    search_fields = [*Page.search_fields, index.SearchField("summary")]

    class Meta:
        abstract = True

    @property
    def column_name(self) -> str:
        """The title of the section the page stands in (<meta name="ColumnName">)."""
        return self.get_parent().title if self.depth > 2 else self.title


class SectionPage(BasePage):
    """A column of the site that lists its articles."""

    parent_page_types = ["portal.HomePage"]
    subpage_types = ["cms.ArticlePage"]
    template = "cms/section_page.html"

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def get_context(self, request, *args, **kwargs):
        articles = ArticlePage.objects.child_of(self).live().order_by("-first_published_at", "-pk")
        return {**super().get_context(request, *args, **kwargs), "articles": articles}


class ArticlePage(BasePage):
    """One article: news, a notice, a rule explained, an accident case."""

    body = StreamField(COMMON_BLOCKS, verbose_name=_("body"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types = ["cms.SectionPage"]
    subpage_types = []
    template = "cms/article_page.html"

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting):
    """What a government site must say of itself: footer and <meta> (国办发〔2017〕47号, 政府网站发展指引)."""

    host = models.CharField(_("host organisation"), max_length=120, blank=True)
    contact = models.CharField(_("contact"), max_length=120, blank=True)
    icp_number = models.CharField(_("ICP filing number"), max_length=60, blank=True)
    police_number = models.CharField(_("police filing number"), max_length=60, blank=True)
    site_code = models.CharField(_("site identification code"), max_length=20, blank=True)
    domain = models.CharField(_("domain"), max_length=120, blank=True)

    panels = [
        MultiFieldPanel([FieldPanel("host"), FieldPanel("contact")], heading=_("Footer")),
        MultiFieldPanel(
            [FieldPanel("icp_number"), FieldPanel("police_number"), FieldPanel("site_code"), FieldPanel("domain")],
            heading=_("Filing"),
        ),
    ]

    class Meta:
        verbose_name = _("site details")


class ErrorReport(models.Model):
    """What a visitor says is wrong on a page."""

    path = models.CharField(_("page"), max_length=300)
    text = models.TextField(_("what is wrong"), max_length=1000)
    reported_at = models.DateTimeField(_("reported at"))
    done = models.BooleanField(_("done"), default=False)

    class Meta:
        verbose_name = _("error report")
        verbose_name_plural = _("error reports")
        ordering = ["done", "-reported_at"]

    def __str__(self):
        return f"{self.path}: {self.text[:40]}"

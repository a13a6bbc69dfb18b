"""Campaign pages and the page that lists them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms.blocks import COMMON_BLOCKS
from cms.models import BasePage


class RelatedCourseBlock(blocks.PageChooserBlock):
    """A course that goes with the campaign, shown as a card."""

    def __init__(self, **kwargs):
        super().__init__(**{"page_type": "training.CoursePage", **kwargs})

    class Meta:
        icon = "doc-full"
        label = _("Related course")
        template = "campaigns/blocks/related_course.html"


class CampaignIndexPage(BasePage):
    """All campaigns, the next or running one first."""

    max_count = 1
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["campaigns.CampaignPage"]
    template = "campaigns/campaign_index_page.html"

    class Meta:
        verbose_name = _("campaign list")

    def get_context(self, request, *args, **kwargs):
        campaigns = CampaignPage.objects.child_of(self).live().order_by("starts")
        return {**super().get_context(request, *args, **kwargs), "campaigns": campaigns}


class CampaignPage(BasePage):
    """One campaign with its days and its story."""

    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"))
    body = StreamField([*COMMON_BLOCKS, ("related_course", RelatedCourseBlock())], verbose_name=_("body"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")], heading=_("Days")),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types = ["campaigns.CampaignIndexPage"]
    subpage_types = []
    template = "campaigns/campaign_page.html"

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="campaign_ends_after_start")
        ]

"""The home page."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from campaigns.models import CampaignPage
from cms.models import ArticlePage, BasePage, SectionPage
from training.models import CoursePage

ICONS = ["book", "exam", "chat", "flag", "shield", "helmet", "person"]


class FeatureValue(blocks.StructValue):
    @property
    def icon_template(self) -> str:
        return f"icons/{self['icon']}.svg"


class FeatureBlock(blocks.StructBlock):
    """One of the doors on the first screen."""

    icon = blocks.ChoiceBlock(choices=[(name, name) for name in ICONS], label=_("Icon"))
    title = blocks.CharBlock(label=_("Title"), max_length=20)
    text = blocks.CharBlock(label=_("Text"), max_length=80)
    path = blocks.RegexBlock(r"^/(?!/)", label=_("Path on this site"), max_length=200)

    class Meta:
        icon = "link"
        label = _("Door")
        value_class = FeatureValue


class HomePage(BasePage):
    """The first screen: each visitor's main thing within two taps."""

    features = StreamField([("feature", FeatureBlock())], verbose_name=_("doors"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("features")]
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    template = "portal/home_page.html"

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request, *args, **kwargs):
        today = timezone.localdate(request.now)
        return {
            **super().get_context(request, *args, **kwargs),
            "campaigns": CampaignPage.objects.live().filter(ends__gte=today).order_by("starts")[:3],
            "courses": CoursePage.objects.live().order_by("title")[:3],
            "articles": ArticlePage.objects.live().order_by("-first_published_at", "-pk")[:5],
            "sections": SectionPage.objects.live().order_by("path"),
        }

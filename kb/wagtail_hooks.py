"""The knowledge base in Wagtail's admin: articles, the words they are found by, and how well they are found."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, DateColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from accounts.menus import RoleMenuItem

from .admin import evaluation_urls
from .admin.evaluation import EVALUATORS
from .admin.words import WordsGroup
from .models import Article


class ArticleViewSet(SnippetViewSet):
    model = Article
    icon = "help"
    menu_label = _("Knowledge base")
    menu_order = 250
    add_to_admin_menu = True
    list_display = [
        "title",
        "topic_name",
        BooleanColumn("danger", label=_("Danger")),
        DateColumn("reviewed", label=_("Reviewed on")),
        BooleanColumn("live", label=_("Live")),
    ]
    list_filter = ["topic", "danger", "live"]
    search_fields = ["title", "slug", "body"]  # by substring: full-text search knows no Chinese words
    search_backend_name = None
    panels = [
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldRowPanel([FieldPanel("topic"), FieldPanel("calls"), FieldPanel("danger")]),
        FieldPanel("audience"),
        FieldPanel("body"),
        FieldPanel("english"),
        InlinePanel("questions", heading=_("How people ask"), label=_("Way of asking"), min_num=1),
        MultiFieldPanel(
            [
                FieldPanel("source"),
                FieldPanel("source_clause"),
                FieldPanel("source_date"),
                FieldPanel("source_url"),
                FieldPanel("reviewed"),
                FieldPanel("review_due"),
            ],
            heading=_("Source"),
        ),
        InlinePanel("related", heading=_("See also"), label=_("Related article")),
        FieldPanel("course_url"),
    ]


register_snippet(ArticleViewSet)


@hooks.register("register_admin_urls")
def kb_urls():
    return [path("evaluation/", include(evaluation_urls))]


@hooks.register("register_admin_viewset")
def word_viewsets():
    return WordsGroup()


@hooks.register("register_admin_menu_item")
def evaluation_item():
    return RoleMenuItem(_("Evaluation"), "kb_evaluation:index", roles=EVALUATORS, icon_name="clipboard-list", order=252)

"""Articles in Wagtail's admin: drafts, revisions, preview, and a workflow that nobody goes round."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.snippets.views.snippets import (
    CreateView,
    DeleteView,
    EditView,
    IndexView,
    SnippetViewSet,
    UnpublishView,
)

from kb.models import Article
from kb.usage import UNUSED, use_of_articles

USE_DAYS = timedelta(days=30)


class _ByWorkflowOnly:
    """No text goes live from the form itself, whoever presses: only the workflow's last approval publishes."""

    def get_available_actions(self):
        return [action for action in super().get_available_actions() if action != "publish"]


class CreateArticle(_ByWorkflowOnly, CreateView):
    pass


class EditArticle(_ByWorkflowOnly, EditView):
    pass


class UnpublishArticle(UnpublishView):
    """Taking a wrong article away must not wait for anybody: editors may, too."""

    permission_required = None
    any_permission_required = ["change", "publish"]


class DeleteArticle(DeleteView):
    """What is live is unpublished first, so that deleting never takes an answer away by a slip."""

    def dispatch(self, request, *args, **kwargs):
        if self.object.live:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ListArticles(IndexView):
    """The articles with what the bot made of each in the last 30 days, asked for once a page."""

    def get_table(self, object_list):
        articles = list(object_list)
        uses = use_of_articles(since=self.request.now - USE_DAYS, slugs=[article.slug for article in articles])
        for article in articles:
            article.use = uses.get(article.slug, UNUSED)
        return super().get_table(articles)


def _judged(article: Article) -> str:
    """Return how many found it helpful of those who said."""
    use = article.use
    return f"{use.helped} / {use.helped + use.not_helped}" if use.helpful is not None else "–"


class Warnings(HelpPanel):
    """What the article should be compared with."""

    class BoundPanel(HelpPanel.BoundPanel):
        template_name = "kb/admin/warnings_panel.html"

        def get_context_data(self, parent_context=None):
            from kb import upkeep

            pairs = upkeep.open_pairs_of(self.instance) if self.instance and self.instance.pk else ()
            return {**super().get_context_data(parent_context), "article": self.instance, "pairs": pairs}


class ArticleViewSet(SnippetViewSet):
    model = Article
    icon = "help"
    menu_label = _("Knowledge base")
    menu_order = 250
    add_to_admin_menu = True
    add_view_class = CreateArticle
    index_view_class = ListArticles
    edit_view_class = EditArticle
    delete_view_class = DeleteArticle
    unpublish_view_class = UnpublishArticle
    list_display = [
        "title",
        "topic_name",
        BooleanColumn("danger", label=_("Danger")),
        DateColumn("reviewed", label=_("Reviewed on")),
        BooleanColumn("live", label=_("Live")),
        Column("shown", label=_("Shown, 30 days"), accessor=lambda article: article.use.shown),
        Column("judged", label=_("Helped"), accessor=_judged),
    ]
    list_filter = ["topic", "danger", "live"]
    search_fields = ["title", "slug", "body"]  # by substring: full-text search knows no Chinese words
    search_backend_name = None
    panels = [
        Warnings(heading=_("To compare")),
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

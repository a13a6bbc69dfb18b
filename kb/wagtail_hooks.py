"""What the knowledge base adds to Wagtail's admin."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.action_menu import PublishMenuItem, UnpublishMenuItem
from wagtail.snippets.models import register_snippet

from accounts.menus import RoleMenuItem

from .admin import EDITORS, REVIEWERS, SEE_INDEX, evaluation_urls, import_urls, index_urls, review_urls
from .admin.articles import ArticleViewSet
from .admin.evaluation import EVALUATORS
from .admin.words import WordsGroup
from .models import Article

register_snippet(ArticleViewSet)


@hooks.register("register_admin_urls")
def kb_urls():
    return [
        path("evaluation/", include(evaluation_urls)),
        path("knowledge-review/", include(review_urls)),
        path("knowledge-import/", include(import_urls)),
        path("knowledge-index/", include(index_urls)),
    ]


@hooks.register("register_admin_viewset")
def word_viewsets():
    return WordsGroup()


class UnpublishForEditors(UnpublishMenuItem):
    """Shown to whoever may take a live article away: editors and publishers."""

    def is_shown(self, context):
        may = context["request"].user.has_perm
        is_live = context["view"] == "edit" and context["instance"].live
        return is_live and (may("kb.change_article") or may("kb.publish_article"))


@hooks.register("construct_snippet_action_menu")
def without_publishing(items, request, context):
    """Show no button that the form would refuse."""
    if context["model"] is Article:
        items[:] = [item for item in items if not isinstance(item, PublishMenuItem | UnpublishMenuItem)]
        unpublish = UnpublishForEditors(order=20)
        if unpublish.is_shown(context):
            items.append(unpublish)


def _item(label, route: str, roles, icon: str, order: int) -> None:
    item = RoleMenuItem(label, f"{route}:index", roles=roles, icon_name=icon, order=order)
    hooks.register("register_admin_menu_item", lambda: item)


_item(_("Knowledge to look after"), "kb_review", REVIEWERS, "tasks", 251)
_item(_("Bring knowledge in"), "kb_import", EDITORS, "upload", 252)
_item(_("Evaluation"), "kb_evaluation", EVALUATORS, "clipboard-list", 253)
_item(_("Knowledge index"), "kb_index", SEE_INDEX, "list-ol", 254)

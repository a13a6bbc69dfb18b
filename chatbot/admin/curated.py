"""Curated answers in the administration: which article answers which questions, from when, by whom and why."""

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminDateInput

from chatbot.models import CuratedAnswer
from kb.queries import live_articles


def _articles() -> list[tuple[str, str]]:
    """Return the published articles by address, titles first for who types."""
    return [("", "–"), *((slug, f"{title} ({slug})") for slug, title in live_articles().values_list("slug", "title"))]


class CuratedForm(WagtailAdminModelForm):
    """The article is chosen among those the public can read; who wrote the first version is kept."""

    article = forms.ChoiceField(label=_("article"), choices=_articles)

    class Meta:
        model = CuratedAnswer
        fields = ("name", "questions", "article", "active", "starts", "ends", "reason")
        widgets = {"starts": AdminDateInput, "ends": AdminDateInput}

    def save(self, commit=True):
        if self.instance._state.adding:
            self.instance.made_by = self.for_user
        return super().save(commit)


class CuratedIndex(IndexView):
    """The list says where the article is not published: then the answer is not used."""

    def get_base_queryset(self):
        published = live_articles().filter(slug=OuterRef("article"))
        return super().get_base_queryset().select_related("made_by").annotate(is_published=Exists(published))


class CuratedViewSet(ModelViewSet):
    model = CuratedAnswer
    name = "curated_answers"
    icon = "pick"
    index_view_class = CuratedIndex
    menu_label = _("Curated answers")
    form_fields = CuratedForm.Meta.fields
    list_display = [
        "name",
        "article",
        BooleanColumn("is_published", label=_("Live")),
        BooleanColumn("active", label=_("In use")),
        DateColumn("starts", label=_("From")),
        DateColumn("ends", label=_("Until")),
        Column("made_by", label=_("By")),
    ]
    list_filter = ["active"]
    search_fields = ["name", "questions", "article"]
    search_backend_name = None
    copy_view_enabled = False

    def get_form_class(self, for_update=False):
        return CuratedForm

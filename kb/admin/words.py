"""Search words and synonyms in the administration."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from kb.models import SearchTerm, SynonymGroup


class SynonymViewSet(ModelViewSet):
    model = SynonymGroup
    name = "synonyms"
    icon = "list-ul"
    menu_label = _("Synonyms")
    form_fields = ["words", "active"]
    list_display = ["first", "others", BooleanColumn("active", label=_("In use"))]
    list_filter = ["active"]
    search_fields = ["words"]
    search_backend_name = None
    copy_view_enabled = False


class TermViewSet(ModelViewSet):
    model = SearchTerm
    name = "search_words"
    icon = "tag"
    menu_label = _("Words never cut apart")
    form_fields = ["text"]
    list_display = ["text"]
    search_fields = ["text"]
    search_backend_name = None
    copy_view_enabled = False


class WordsGroup(ModelViewSetGroup):
    menu_label = _("Search words")
    menu_icon = "search"
    menu_order = 251
    items = (SynonymViewSet, TermViewSet)

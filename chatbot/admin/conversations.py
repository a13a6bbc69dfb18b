"""What was asked: search, one conversation as it went, and files."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.decorators import reauthenticated, role_required
from chatbot.actions import exporting
from chatbot.enums import AnswerKind, Channel
from chatbot.models import Conversation
from chatbot.queries import conversations
from chatbot.queries.conversations import Wanted

from . import REVIEWERS

PAGE_SIZE = 50
ANY = [("", "–")]
HELPED = [("yes", gettext_lazy("yes")), ("no", gettext_lazy("no")), ("unsaid", gettext_lazy("nothing said"))]


class SearchForm(forms.Form):
    """What to look for among the questions; ``wanted`` once it is valid."""

    text = forms.CharField(label=gettext_lazy("Words in the question"), required=False, max_length=100)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of answer"), required=False, choices=[*ANY, *AnswerKind.choices])
    channel = forms.ChoiceField(label=gettext_lazy("Channel"), required=False, choices=[*ANY, *Channel.choices])
    article = forms.CharField(label=gettext_lazy("Address of the article"), required=False, max_length=120)
    least = forms.FloatField(label=gettext_lazy("Confidence from"), required=False, min_value=0, max_value=1)
    most = forms.FloatField(label=gettext_lazy("Confidence to"), required=False, min_value=0, max_value=1)
    since = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=gettext_lazy("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    helped = forms.ChoiceField(label=gettext_lazy("Helped"), required=False, choices=[*ANY, *HELPED])

    @property
    def wanted(self) -> Wanted:
        return Wanted(**self.cleaned_data)


@never_cache
@require_GET
@role_required(*REVIEWERS)
def index(request):
    """The questions that fit, the newest first."""
    form = SearchForm(request.GET)
    found = conversations.turns(form.wanted) if form.is_valid() else conversations.turns(Wanted()).none()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("p"))
    kept = request.GET.copy()
    kept.pop("p", None)
    context = {
        "form": form,
        "page_obj": page,
        "titles": conversations.titles(turn.article for turn in page if turn.article),
        "kept": kept.urlencode(),
        "formats": list(exporting.FORMATS),
    }
    return render(request, "chatbot/admin/conversations.html", context, status=200 if form.is_valid() else 400)


@never_cache
@require_GET
@role_required(*REVIEWERS)
def show(request, conversation_id):
    """One conversation from its first question to its last."""
    conversation = get_object_or_404(Conversation, pk=conversation_id)
    turns = conversations.thread(conversation)
    titles = conversations.titles(turn.article for turn in turns if turn.article)
    context = {"conversation": conversation, "turns": turns, "titles": titles}
    return render(request, "chatbot/admin/conversation.html", context)


@never_cache
@require_POST
@role_required(*REVIEWERS)
@reauthenticated
def export(request, kind: str):
    """Everything that the search finds, as CSV or XLSX; posted, because it is recorded."""
    form = SearchForm(request.POST)
    if kind not in exporting.FORMATS or not form.is_valid():
        raise Http404
    try:
        file = exporting.export_turns(wanted=form.wanted, kind=kind, by=request.user, now=request.now)
    except exporting.TooMany:
        messages.error(request, _("One file takes at most %(most)s questions.") % {"most": exporting.MOST})
        return redirect("bot_conversations:index")
    name = f"questions-{timezone.localdate(request.now)}.{kind}"
    response = FileResponse(file, as_attachment=True, filename=name, content_type=exporting.FORMATS[kind])
    response["X-Content-Type-Options"] = "nosniff"
    return response

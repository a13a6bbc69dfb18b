"""Try a question: what the bot makes of it, step by step."""

from django import forms
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.decorators import role_required
from chatbot import hit_testing
from chatbot.models import MAX_QUESTION
from chatbot.rules import normalising
from kb import retrieval

from . import REVIEWERS


class TrialForm(forms.Form):
    """A question, and the version of the index that answers it."""

    question = forms.CharField(label=_("What is asked"), max_length=MAX_QUESTION)
    version = forms.ChoiceField(label=_("Version of the index"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = [(name, name) for name in retrieval.versions()]
        self.fields["version"].choices = [("", _("the current one")), *names]

    def clean_question(self):
        if not normalising.visible(self.cleaned_data["question"]):
            raise forms.ValidationError(_("Type a question."))
        return self.cleaned_data["question"]


@never_cache
@require_GET
@role_required(*REVIEWERS)
def index(request):
    """The form, and below it the answer with all that led to it."""
    form = TrialForm(request.GET if "question" in request.GET else None)
    context = {"form": form}
    if form.is_valid():
        try:
            context["trial"] = hit_testing.ask(**form.cleaned_data)
        except LookupError:
            form.add_error("version", _("There is no such version of the index any more."))
    return render(request, "chatbot/admin/hit_test.html", context, status=400 if form.errors else 200)

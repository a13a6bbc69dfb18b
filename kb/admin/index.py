"""The index: its versions, how building goes, build it anew, go back to a version."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.decorators import role_required
from accounts.queries import has_any_role
from kb import queries
from kb.actions import indexing
from kb.index import store
from kb.permissions import INDEX_KEEPERS

from . import SEE_INDEX


@require_GET
@never_cache
@role_required(*SEE_INDEX)
def index(request):
    """All versions that are kept, their files checked, and what the builder is at."""
    context = {
        "versions": store.described(),
        "current": store.current(),
        "state": queries.index_state(),
        "building": store.is_being_written(),
        "keeps": has_any_role(request.user, INDEX_KEEPERS),
    }
    return render(request, "kb/admin/index.html", context)


@require_POST
@role_required(*INDEX_KEEPERS)
def build(request):
    """Have the whole index built anew; ``train=1``: its encoder too."""
    indexing.request_rebuild(train=request.POST.get("train") == "1", by=request.user, now=request.now)
    messages.success(request, _("The index is being built; answers come from the current one until then."))
    return redirect("kb_index:index")


@require_POST
@role_required(*INDEX_KEEPERS)
def back(request):
    """Go back to ``version``."""
    try:
        version = indexing.roll_back(to=request.POST.get("version", ""), by=request.user, now=request.now)
        messages.success(request, _("Answers come from version %(version)s now.") % {"version": version})
    except indexing.NoOlderIndex:
        messages.error(request, _("This version is not there any more, or cannot be read."))
    return redirect("kb_index:index")

"""A user's own data: take it along, ask to be forgotten, take that back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import erasure, exporting
from accounts.decorators import reauthenticated
from accounts.enums import ErasureState
from accounts.models import ErasureRequest
from accounts.queries.own_data import holds_on
from core import limits

EXPORTS_PER_MINUTE = 2


@never_cache
@require_safe
@login_required
def show(request):
    """What can be done with one's own data, and what law makes us keep."""
    asked = ErasureRequest.objects.filter(user=request.user)
    context = {
        "waiting": asked.filter(state=ErasureState.OPEN).first(),
        "decided": asked.exclude(state=ErasureState.OPEN).first(),
        "holds": holds_on(request.user, day=timezone.localdate(request.now)),
    }
    return render(request, "accounts/my_data.html", context)


@never_cache
@require_POST
@login_required
@reauthenticated
def download(request):
    """Everything that is held about the user, as a ZIP."""
    client = str(request.user.pk)
    if not limits.take(what="own-data", client=client, limit=EXPORTS_PER_MINUTE, now=request.now):
        messages.error(request, _("That was often enough for now. Try again in a minute."))
        return redirect("my_data")
    file = exporting.export_own(user=request.user, now=request.now)
    return FileResponse(file, as_attachment=True, filename="my-data.zip", content_type="application/zip")


@never_cache
@require_POST
@login_required
@reauthenticated
def ask_erasure(request):
    """File the wish to be forgotten."""
    try:
        erasure.ask(user=request.user, reason=request.POST.get("reason", ""), now=request.now)
    except erasure.AlreadyAsked:
        messages.info(request, _("Your request waits already."))
    else:
        messages.success(request, _("Your request is filed. You will find the answer here, within 15 working days."))
    return redirect("my_data")


@never_cache
@require_POST
@login_required
def take_back_erasure(request, pk: int):
    """Stay."""
    try:
        erasure.take_back(request_id=pk, by=request.user)
    except ErasureRequest.DoesNotExist as error:
        raise Http404 from error
    except erasure.NotOpen:
        messages.error(request, _("It was decided already."))
    else:
        messages.success(request, _("Your request is taken back; nothing was changed."))
    return redirect("my_data")


urlpatterns = [
    path("my-data/", show, name="my_data"),
    path("my-data/download/", download, name="my_data_download"),
    path("my-data/erasure/", ask_erasure, name="my_data_erasure"),
    path("my-data/erasure/<int:pk>/take-back/", take_back_erasure, name="my_data_take_back"),
]

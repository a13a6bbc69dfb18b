"""Wishes to be forgotten: what law holds, and the decision."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from accounts.actions import erasure
from accounts.decorators import reauthenticated, role_required
from accounts.enums import ErasureState, Role
from accounts.models import ErasureRequest
from accounts.queries.own_data import holds_on
from core.admin.listing import ReadOnlyIndex, ReadOnlyViewSet

from .filters import ErasureFilterSet
from .forms import DecisionForm
from .policies import RolePolicy


@never_cache
@require_http_methods(["GET", "POST"])
@role_required(Role.ADMINISTRATOR)
@reauthenticated
def decide(request, pk: int):
    """Look at what law holds, then carry the wish out or refuse it with a reason."""
    asked = get_object_or_404(ErasureRequest.objects.select_related("user"), pk=pk)
    form = DecisionForm(request.POST or None)
    if form.is_valid() and _decided(request, form, pk):
        return redirect("erasure_requests:index")
    context = {"form": form, "asked": asked, "open": asked.state == ErasureState.OPEN}
    context["holds"] = holds_on(asked.user, day=timezone.localdate(request.now)) if context["open"] else []
    return render(request, "accounts/admin/erasure.html", context)


def _decided(request, form, pk: int) -> bool:
    """Do what was decided; where it is refused say why in the form."""
    act = {"carry_out": erasure.carry_out, "refuse": erasure.refuse}[form.cleaned_data["decision"]]
    try:
        act(request_id=pk, note=form.cleaned_data["note"], by=request.user, now=request.now)
    except erasure.NeedsReason:
        form.add_error("note", _("Tell the person why."))
    except erasure.NotOpen:
        form.add_error(None, _("It was decided or taken back meanwhile."))
    except erasure.OwnRequest:
        form.add_error(None, _("Nobody decides about themselves. Ask a colleague."))
    else:
        messages.success(request, _("Done and recorded."))
        return True
    return False


class ErasureIndex(ReadOnlyIndex):
    """Every wish, the newest first."""

    def get_base_queryset(self):
        return ErasureRequest.objects.select_related("user", "decided_by").order_by("-requested_at", "-pk")

    def order_queryset(self, queryset):
        return queryset


class ErasureViewSet(ReadOnlyViewSet):
    model = ErasureRequest
    icon = "bin"
    menu_label = gettext_lazy("Erasure requests")
    index_view_class = ErasureIndex
    filterset_class = ErasureFilterSet
    permission_policy = RolePolicy(ErasureRequest)
    list_display = [
        TitleColumn("user.username", label=gettext_lazy("user name"), url_name="erasure_requests:decide"),
        Column("get_state_display", label=gettext_lazy("state")),
        DateColumn("requested_at", label=gettext_lazy("requested at")),
        DateColumn("decided_at", label=gettext_lazy("decided at")),
    ]

    def get_urlpatterns(self):
        index, results, _inspect = super().get_urlpatterns()
        return [index, results, path("<int:pk>/decide/", decide, name="decide")]

    inspect_view_enabled = False

"""What staff may do with a notice: read its text with a reason, have a failed delivery tried again."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from notifications.actions import delivering, unmasking
from notifications.forms import ReasonForm
from notifications.kinds import title_of
from notifications.models import Delivery, Notice


@require_http_methods(["GET", "POST"])
@never_cache
@permission_required("notifications.view_notice", raise_exception=True)
def text(request, notice_id: int):
    """One notice; its text only for a reason, which is recorded."""
    notice = get_object_or_404(Notice.objects.select_related("user"), pk=notice_id)
    form, body = ReasonForm(request.POST or None), None
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        body = unmasking.show_text(notice=notice, reason=reason, by=request.user, now=request.now)
    context = {"notice": notice, "title": title_of(notice.kind), "form": form, "body": body}
    return render(request, "notices/admin/text.html", context)


@require_POST
@permission_required("notifications.change_delivery", raise_exception=True)
def try_again(request, delivery_id: int):
    """Put a failed delivery back into the queue."""
    try:
        delivering.try_again(delivery_id=delivery_id, by=request.user, now=request.now)
    except delivering.NotFailed as refused:
        if not Delivery.objects.filter(pk=delivery_id).exists():
            raise Http404 from refused
        messages.warning(request, _("This delivery is not given up."))
    else:
        messages.success(request, _("It is tried again now."))
    return redirect("deliveries:index")

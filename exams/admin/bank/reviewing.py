"""What waits for approval, and what came back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.decorators import role_required
from accounts.enums import Role
from exams.actions import bank
from exams.models import QuestionVersion
from exams.queries.bank import awaiting_approval, returned_to

from . import BANK_STAFF, roles_of

PAGE_SIZE = 20


@require_GET
@role_required(*BANK_STAFF)
def waiting(request):
    """Versions that wait for approval, whole: an approver must see the key and why; and what came back to me."""
    page = Paginator(awaiting_approval(), PAGE_SIZE).get_page(request.GET.get("p"))
    context = {"page_obj": page, "returned": returned_to(request.user)}
    return render(request, "exams/admin/bank_waiting.html", {**context, **roles_of(request.user)})


@require_POST
@role_required(Role.EXAM_OFFICER)
def approve(request, version_id: int):
    """Approve one version."""
    version = get_object_or_404(QuestionVersion, pk=version_id)
    try:
        version = bank.approve(version_id=version.pk, by=request.user, now=request.now)
        messages.success(request, _("%(question)s is approved.") % {"question": version})
    except bank.NotAnApprover:
        messages.error(request, _("Nobody approves their own question."))
    except bank.AlreadyDecided:
        messages.error(request, _("Somebody decided on this version before."))
    return redirect("exam_bank:waiting")


@require_POST
@role_required(Role.EXAM_OFFICER)
def send_back(request, version_id: int):
    """Return one version to its author, with a reason."""
    version = get_object_or_404(QuestionVersion, pk=version_id)
    reason = request.POST.get("reason", "")
    try:
        version = bank.send_back(version_id=version.pk, reason=reason, by=request.user, now=request.now)
        messages.success(request, _("%(question)s is back with its author.") % {"question": version})
    except bank.NotAnApprover:
        messages.error(request, _("Nobody approves their own question."))
    except bank.NoReason:
        messages.error(request, _("Say why it is returned."))
    except bank.AlreadyDecided:
        messages.error(request, _("Somebody decided on this version before."))
    return redirect("exam_bank:waiting")

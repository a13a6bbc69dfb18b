"""Pairs that say nearly the same: an officer says which are different, or retires one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.decorators import role_required
from accounts.enums import Role
from exams.actions import bank, duplicates
from exams.models import NearDuplicate, Operation
from exams.queries.duplicates import searched, to_look_at

from . import BANK_STAFF, roles_of

PAGE_SIZE = 20


def _operation(request) -> Operation | None:
    pk = request.GET.get("operation", "")
    return get_object_or_404(Operation, pk=pk) if pk.isdecimal() else None


@require_GET
@role_required(*BANK_STAFF)
def index(request):
    """Pairs nobody has decided on, and when each bank was searched."""
    operation = _operation(request)
    page = Paginator(to_look_at(operation), PAGE_SIZE).get_page(request.GET.get("p"))
    context = {"page_obj": page, "operation": operation, "operations": searched()}
    return render(request, "exams/admin/bank_duplicates.html", {**context, **roles_of(request.user)})


@require_POST
@role_required(Role.EXAM_OFFICER)
def search(request, operation_id: int):
    """Have a bank searched."""
    operation = get_object_or_404(Operation, pk=operation_id)
    duplicates.want(operations=[operation.pk], now=request.now)
    messages.success(request, _("The search is under way; the pairs appear here."))
    return redirect(f"{reverse('exam_bank:duplicates')}?operation={operation.pk}")


@require_POST
@role_required(Role.EXAM_OFFICER)
def decide(request, pair_id: int):
    """Different, the same, or one of them retired."""
    pair = get_object_or_404(NearDuplicate, pk=pair_id)
    choice = request.POST.get("choice")
    if choice in ("different", "same"):
        duplicates.decide(pair_id=pair.pk, different=choice == "different", by=request.user, now=request.now)
    elif choice in ("retire_first", "retire_second"):
        question = pair.first_id if choice == "retire_first" else pair.second_id
        bank.edit(question_ids=[question], changes=bank.Changes(retired=True), by=request.user, now=request.now)
    messages.success(request, _("Noted."))
    return redirect("exam_bank:duplicates")

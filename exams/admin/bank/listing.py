"""The list of the bank: found, filtered, and edited in bulk."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.decorators import role_required
from accounts.enums import Role
from exams.actions import bank
from exams.bank_list_forms import BankFilter, BulkForm
from exams.queries.bank import HAS_STATISTICS, in_the_bank

from . import BANK_STAFF, roles_of

PAGE_SIZE = 50


@require_GET
@role_required(*BANK_STAFF)
def index(request):
    """Every question, by what it is narrowed to."""
    form = BankFilter(request.GET)
    questions = in_the_bank(form.wanted, timezone.localdate(request.now))
    page = Paginator(questions, PAGE_SIZE).get_page(request.GET.get("p"))
    kept = request.GET.copy()
    kept.pop("p", None)
    context = {"form": form, "page_obj": page, "kept": kept.urlencode(), "statistics": HAS_STATISTICS}
    return render(request, "exams/admin/bank.html", {**context, "bulk": BulkForm(), **roles_of(request.user)})


@require_POST
@role_required(Role.EXAM_OFFICER)
def edit(request):
    """Change the chosen questions."""
    form = BulkForm(request.POST)
    chosen = [int(pk) for pk in request.POST.getlist("question") if pk.isdecimal()][:PAGE_SIZE]
    if not form.is_valid() or not chosen:
        messages.error(request, _("Choose questions and what to change."))
    else:
        try:
            changes = bank.Changes(**form.changes())
            count = bank.edit(question_ids=chosen, changes=changes, by=request.user, now=request.now)
            told = ngettext("%(count)s question changed.", "%(count)s questions changed.", count)
            messages.success(request, told % {"count": count})
        except bank.WrongPoint:
            messages.error(request, _("A question stays within its operation; nothing was changed."))
    return redirect(_back(request))


def _back(request) -> str:
    there = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure())
    return there if safe else "exam_bank:index"

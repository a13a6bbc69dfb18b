"""Authors write questions, officers approve those of others."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.decorators import role_required
from accounts.enums import Role
from accounts.queries import has_role
from exams.actions import bank
from exams.forms import QuestionForm
from exams.queries.bank import awaiting_approval

PAGE_SIZE = 20


@require_GET
@role_required(Role.QUESTION_AUTHOR, Role.EXAM_OFFICER)
def index(request):
    """Versions that wait for approval, whole: an approver must see the key and why."""
    page = Paginator(awaiting_approval(), PAGE_SIZE).get_page(request.GET.get("p"))
    roles = {
        "author": has_role(request.user, Role.QUESTION_AUTHOR),
        "officer": has_role(request.user, Role.EXAM_OFFICER),
    }
    return render(request, "exams/admin/bank.html", {"page_obj": page, **roles})


@require_http_methods(["GET", "POST"])
@role_required(Role.QUESTION_AUTHOR)
def write(request):
    """Write a new question, or a new version of one."""
    form = QuestionForm(request.POST or None)
    if form.is_valid():
        try:
            bank.write(draft=form.draft(), point=form.cleaned_data["point"], by=request.user, now=request.now)
        except bank.BadQuestion as bad:
            for problem in bad.problems:
                form.add_error("options", problem)
        else:
            messages.success(request, _("Stored. An exam officer approves it before it is drawn."))
            return redirect("exam_bank:index")
    return render(request, "exams/admin/question_form.html", {"form": form})


@require_POST
@role_required(Role.EXAM_OFFICER)
def approve(request, version_id: int):
    """Approve one version."""
    version = get_object_or_404(awaiting_approval(), pk=version_id)
    try:
        version = bank.approve(version_id=version.pk, by=request.user, now=request.now)
        messages.success(request, _("%(question)s is approved.") % {"question": version})
    except bank.NotAnApprover:
        messages.error(request, _("Nobody approves their own question."))
    return redirect("exam_bank:index")

"""The tree of an operation's knowledge points."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.decorators import role_required
from accounts.enums import Role
from exams.actions import points
from exams.bank_list_forms import PointForm
from exams.models import KnowledgePoint, Operation
from exams.queries.bank import points_as_tree

from . import BANK_STAFF, roles_of


@require_GET
@role_required(*BANK_STAFF)
def operations(request):
    """Choose an operation."""
    return render(request, "exams/admin/bank_points.html", {"operations": Operation.objects.select_related("category")})


@require_http_methods(["GET", "POST"])
@role_required(*BANK_STAFF)
def tree(request, operation_id: int):
    """The tree, and a form for one more point."""
    operation = get_object_or_404(Operation, pk=operation_id)
    form = PointForm(request.POST or None, operation=operation)
    if form.is_valid():
        try:
            points.add(operation=operation, by=request.user, **form.cleaned_data)
            return redirect("exam_bank:points", operation.pk)
        except points.Refused as refused:
            _explain(form, refused)
    context = {"operation": operation, "tree": points_as_tree(operation.pk), "form": form}
    return render(request, "exams/admin/bank_points.html", {**context, **roles_of(request.user)})


@require_http_methods(["GET", "POST"])
@role_required(Role.EXAM_OFFICER)
def change(request, point_id: int):
    """Rename a point, or hang it elsewhere."""
    point = get_object_or_404(KnowledgePoint.objects.select_related("operation"), pk=point_id)
    initial = {"code": point.code, "name": point.name, "parent": point.parent_id}
    form = PointForm(request.POST or None, operation=point.operation, initial=initial)
    if form.is_valid():
        try:
            points.change(point_id=point.pk, by=request.user, **form.cleaned_data)
            return redirect("exam_bank:points", point.operation_id)
        except points.Refused as refused:
            _explain(form, refused)
    return render(request, "exams/admin/bank_point.html", {"point": point, "form": form})


@require_POST
@role_required(Role.EXAM_OFFICER)
def remove(request, point_id: int):
    """Remove a point on which nothing hangs."""
    point = get_object_or_404(KnowledgePoint, pk=point_id)
    try:
        points.remove(point_id=point.pk, by=request.user)
    except points.InUse:
        messages.error(request, _("Questions, cases, blueprints or other points hang on it."))
    return redirect("exam_bank:points", point.operation_id)


def _explain(form: PointForm, refused: Exception) -> None:
    """Put a refusal beside the field that it is about."""
    if isinstance(refused, points.CodeTaken):
        form.add_error("code", _("The operation has a point with this code."))
    elif isinstance(refused, points.BadPlace):
        form.add_error("parent", _("A point is not part of itself or of its own parts."))
    else:
        form.add_error(None, _("Only an exam officer changes the tree."))

"""Officers write blueprints and look at what they would give."""

import secrets

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.decorators import role_required
from accounts.enums import Role
from exams.actions import blueprints as acts
from exams.enums import QuestionKind
from exams.models import Blueprint
from exams.queries import blueprints as reading
from exams.queries.feasibility import feasibility, in_words
from exams.rules.shortages import BankTooSmall

from .blueprint_forms import BlueprintForm, NameForm, OperationForm, rows_of, with_more_rows

PAGE_SIZE = 50
LARGEST_SEED = 2**62

officer = role_required(Role.EXAM_OFFICER)


@require_GET
@officer
def index(request):
    """All blueprints, those in use first, and for which operation to write a new one."""
    page = Paginator(reading.blueprints(), PAGE_SIZE).get_page(request.GET.get("p"))
    return render(request, "exams/admin/blueprints.html", {"page_obj": page, "form": OperationForm()})


@require_GET
@never_cache
@officer
def show(request, pk: int):
    """One blueprint: its rows, whether it can be filled, and how alike its papers are."""
    blueprint = get_object_or_404(reading.blueprints(), pk=pk)
    report = feasibility(blueprint)
    context = {
        "blueprint": blueprint,
        "rows": zip(blueprint.rows.select_related("point").order_by("pk"), report.rows, strict=True),
        "report": report,
        "trial": None if report.problems else reading.trial(blueprint),
        "name_form": NameForm(initial={"name": _("%(name)s, copy") % {"name": blueprint.name}}),
    }
    return render(request, "exams/admin/blueprint.html", context)


@require_http_methods(["GET", "POST"])
@officer
def write(request):
    """A new blueprint for the operation that the list's form named."""
    chosen = OperationForm(request.GET)
    if not chosen.is_valid():
        return redirect("exam_blueprints:index")
    return _form(request, Blueprint(operation=chosen.cleaned_data["operation"]))


@require_http_methods(["GET", "POST"])
@officer
def edit(request, pk: int):
    """Change a blueprint from which no paper was drawn."""
    blueprint = get_object_or_404(reading.blueprints(), pk=pk)
    if blueprint.papers_count or blueprint.retired_at:
        messages.error(request, _("Papers were drawn from this blueprint, or it is retired: copy it instead."))
        return redirect("exam_blueprints:show", pk)
    return _form(request, Blueprint.objects.select_related("operation").get(pk=pk))


def _form(request, blueprint: Blueprint):
    """Check, show what is missing, and store; what cannot be filled yet is stored only when that is confirmed."""
    sent = request.POST if request.method == "POST" else None
    if sent and "more" in sent:
        sent = with_more_rows(sent)
    form, rows, report = BlueprintForm(sent, instance=blueprint), rows_of(blueprint, sent), None
    if sent and form.is_valid() & rows.is_valid() and "more" not in sent:
        report = feasibility(form.instance, rows.unsaved)
        if "anyway" in sent or ("save" in sent and not report.problems):
            try:
                stored = acts.save(blueprint=form.instance, rows=rows.wanted, by=request.user)
                messages.success(request, _("The blueprint is stored."))
                return redirect("exam_blueprints:show", stored.pk)
            except acts.InUse:
                form.add_error(None, _("Papers were drawn from this blueprint meanwhile: copy it instead."))
    context = {"blueprint": blueprint, "form": form, "rows": rows, "report": report}
    return render(request, "exams/admin/blueprint_form.html", context)


@require_POST
@officer
def copy(request, pk: int):
    """Copy it under another name, and go on to change the copy."""
    blueprint = get_object_or_404(Blueprint.objects.select_related("operation"), pk=pk)
    form = NameForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the copy a name of at most 80 characters."))
        return redirect("exam_blueprints:show", pk)
    twin = acts.copy(blueprint=blueprint, name=form.cleaned_data["name"], by=request.user)
    return redirect("exam_blueprints:edit", twin.pk)


@require_POST
@officer
def retire(request, pk: int):
    """Take it out of use."""
    blueprint = get_object_or_404(Blueprint, pk=pk)
    acts.retire(blueprint=blueprint, by=request.user, now=request.now)
    messages.success(request, _("The blueprint is retired; papers and sittings keep it."))
    return redirect("exam_blueprints:index")


@require_GET
@never_cache
@officer
def preview(request, pk: int):
    """One paper as candidates would see it; nothing is stored."""
    blueprint = get_object_or_404(Blueprint.objects.select_related("operation"), pk=pk)
    asked = request.GET.get("seed", "")
    seed = int(asked) if asked.isdecimal() and len(asked) < 20 else secrets.randbelow(LARGEST_SEED)
    items, problems = [], []
    try:
        items = reading.previewed(blueprint, seed)
    except BankTooSmall as lacking:
        problems = in_words(lacking.shortages, blueprint.operation_id)
    context = {
        "blueprint": blueprint,
        "seed": seed,
        "items": items,
        "problems": problems,
        "kinds": QuestionKind.choices,
    }
    return render(request, "exams/admin/blueprint_preview.html", context)

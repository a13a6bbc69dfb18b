"""Examiners enter practical marks."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.decorators import role_required
from accounts.enums import Role
from exams.actions import practicals
from exams.actions.admissions import NotEligible
from exams.forms import PracticalForm
from exams.queries.practicals import awaiting_practical

PAGE_SIZE = 50


@require_GET
@role_required(Role.EXAMINER)
def index(request):
    """Candidates who passed the theory and still need the practical."""
    page = Paginator(awaiting_practical(), PAGE_SIZE).get_page(request.GET.get("p"))
    return render(request, "exams/admin/practicals.html", {"page_obj": page})


@require_http_methods(["GET", "POST"])
@role_required(Role.EXAMINER)
def enter(request, theory_id: UUID):
    """Enter one candidate's marks."""
    theory = get_object_or_404(awaiting_practical(), pk=theory_id)
    initial = {"number": theory.practicals.count() + 1}
    form = PracticalForm(request.POST or None, rule=theory.admission.sitting.rule, initial=initial)
    if form.is_valid():
        try:
            practical = practicals.record(
                theory_id=theory_id,
                number=form.cleaned_data["number"],
                marks=form.marks,
                veto_reason=form.cleaned_data["veto_reason"],
                by=request.user,
                now=request.now,
            )
        except NotEligible as error:
            form.add_error(None, str(error.reason))
        except practicals.NotAnExaminer:
            form.add_error(None, _("An examiner never enters their own marks."))
        except practicals.AlreadyEntered:
            messages.warning(request, _("The marks of this practical exam were entered already."))
            return redirect("exam_practicals:index")
        else:
            outcome = _("passed; a certifier issues the certificate") if practical.passed else _("not passed")
            messages.success(request, f"{theory.person.name}: {practical.score}, {outcome}")
            return redirect("exam_practicals:index")
    return render(request, "exams/admin/practical_form.html", {"form": form, "theory": theory})

"""Practical exams in the administration: the board, opening one, one session, its result."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.decorators import role_required
from accounts.enums import Role
from accounts.queries import has_any_role, has_role
from exams.actions import practicals
from exams.actions.admissions import NotEligible
from exams.enums import PracticalStatus
from exams.models import ScoreSheet
from exams.queries import practicals as reading
from exams.queries.score_sheets import handed_in
from exams.queries.side_by_side import compare
from exams.rules.practicals import NoTask

from .practical_forms import ExaminerForm, OpenForm, ReasonForm, ReplaceForm

PAGE_SIZE = 50
LOOKERS = (Role.EXAMINER, Role.EXAM_OFFICER, Role.AUDITOR)


@require_GET
@role_required(*LOOKERS)
def index(request):
    """Mine to do, what waits for others, who can be examined, and what is done."""
    opens = has_any_role(request.user, practicals.OPENERS)
    seen = reading.board(request.user)
    context = {
        "board": seen,
        "manages": has_role(request.user, Role.EXAM_OFFICER),
        "done": Paginator(seen.done, PAGE_SIZE).get_page(request.GET.get("p")),
        "candidates": Paginator(reading.awaiting_practical(), PAGE_SIZE).get_page(request.GET.get("c"))
        if opens
        else None,
    }
    return render(request, "exams/admin/practicals.html", context)


@require_http_methods(["GET", "POST"])
@role_required(*practicals.OPENERS)
def open_session(request, theory_id: UUID):
    """Choose the examiners; POST draws the tasks and opens the exam."""
    theory = get_object_or_404(reading.awaiting_practical().exclude(person__user=request.user), pk=theory_id)
    rule = theory.admission.sitting.rule
    form = OpenForm(request.POST or None, rule=rule, candidate=theory.person, first=request.user.pk)
    if form.is_valid():
        try:
            session = practicals.open_session(
                theory_id=theory_id, examiners=form.examiners, by=request.user, now=request.now
            )
            return redirect("exam_practicals:session", session.pk)
        except practicals.AlreadyOpen as running:
            return redirect("exam_practicals:session", running.session.pk)
        except (NotEligible, practicals.WrongExaminer) as refused:
            form.add_error(None, str(refused.reason))
        except NoTask as lacking:
            form.add_error(None, _("There is no task for subject %(subject)s.") % {"subject": lacking.subject})
        except (practicals.NotAllowed, practicals.TheoryNotPassed):
            form.add_error(None, _("This practical exam cannot be opened."))
    return render(request, "exams/admin/practical_open.html", {"form": form, "theory": theory, "rule": rule})


def _session(request, session_id: UUID):
    return get_object_or_404(reading.visible_to(request.user), pk=session_id)


@never_cache
@require_GET
@role_required(*LOOKERS)
def session(request, session_id: UUID):
    """One exam: who examines, how far each is; the marks side by side for who may see them."""
    return _shown(request, _session(request, session_id))


def _shown(request, held, *, status: int = 200, **forms):
    sheets = list(held.sheets.filter(withdrawn_at=None).select_related("examiner__person").order_by("place"))
    used = held.sheets.values_list("examiner_id", flat=True)
    compared = compare(held, handed_in(held)) if reading.may_compare(request.user, held) else None
    wants_third = held.status == PracticalStatus.THIRD and len(sheets) == held.rule.examiners
    able = {"candidate": held.person, "leave_out": used}
    officer = has_role(request.user, Role.EXAM_OFFICER)
    context = {
        "session": held,
        "sheets": sheets,
        "own": next((sheet for sheet in sheets if sheet.examiner_id == request.user.pk), None),
        "drawn": held.drawn.select_related("task").order_by("position"),
        "compared": compared,
        "officer": officer,
        "untouched": not any(sheet.submitted_at for sheet in sheets),
        "third": ExaminerForm(**able) if wants_third and has_any_role(request.user, practicals.OPENERS) else None,
        "replace": ReplaceForm(**able) if officer and held.is_running else None,
        "cancel": ReasonForm() if officer else None,
    }
    return render(request, "exams/admin/practical_session.html", context | forms, status=status)


def _act(request, held, work, *, done: str):
    """Do one thing to a session, say how it went, and show it again."""
    try:
        work()
        messages.success(request, done)
    except practicals.WrongExaminer as refused:
        messages.error(request, str(refused.reason))
    except practicals.NeedsReason:
        messages.error(request, _("Say why."))
    except practicals.NotPossible:
        messages.warning(request, _("This is not possible any more: see below how far the exam is."))
    except practicals.NotAllowed as refused:
        raise Http404 from refused
    return redirect("exam_practicals:session", held.pk)


@require_POST
@role_required(*practicals.OPENERS)
def call_third(request, session_id: UUID):
    """Call a third examiner where the first two differ."""
    held = _session(request, session_id)
    form = ExaminerForm(request.POST, candidate=held.person)
    if not form.is_valid():
        return _shown(request, held, status=400, third=form)
    chosen = {"examiner": form.cleaned_data["examiner"].pk, "by": request.user, "now": request.now}
    return _act(
        request,
        held,
        lambda: practicals.call_third(session_id=held.pk, **chosen),
        done=_("The third examiner is called."),
    )


@require_POST
@role_required(Role.EXAM_OFFICER)
def replace(request, session_id: UUID, sheet_id: UUID):
    """Give the place of an examiner who fell out to another."""
    held = _session(request, session_id)
    sheet = get_object_or_404(ScoreSheet, pk=sheet_id, session=held)
    form = ReplaceForm(request.POST, candidate=held.person)
    if not form.is_valid():
        return _shown(request, held, status=400, replace=form)
    chosen = {"examiner": form.cleaned_data["examiner"].pk, "reason": form.cleaned_data["reason"]}
    return _act(
        request,
        held,
        lambda: practicals.replace(sheet_id=sheet.pk, by=request.user, now=request.now, **chosen),
        done=_("Another examiner has taken the place."),
    )


@require_POST
@role_required(Role.EXAM_OFFICER)
def cancel(request, session_id: UUID):
    """Call off an exam that did not take place."""
    held = _session(request, session_id)
    reason = request.POST.get("reason", "")
    return _act(
        request,
        held,
        lambda: practicals.cancel(session_id=held.pk, reason=reason, by=request.user, now=request.now),
        done=_("The practical exam is called off; it does not count as an attempt."),
    )


@require_POST
@role_required(Role.EXAM_OFFICER)
def release(request, session_id: UUID):
    """Let the candidate see the result."""
    held = _session(request, session_id)
    return _act(
        request,
        held,
        lambda: practicals.release(session_id=held.pk, by=request.user, now=request.now),
        done=_("The result is released."),
    )


@never_cache
@require_GET
@role_required(*LOOKERS)
def printed(request, session_id: UUID):
    """The score sheets as one PDF for the archive, once the exam is decided."""
    from exams.documents.score_sheets import score_sheets_pdf

    held = _session(request, session_id)
    if held.status != PracticalStatus.DECIDED:
        raise Http404
    response = HttpResponse(score_sheets_pdf(compare(held, handed_in(held))), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="practical-{held.pk}.pdf"'
    return response

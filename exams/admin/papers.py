"""Papers as paper: print them with or without the key, and type in what candidates wrote on them."""

import logging
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.decorators import role_required
from accounts.enums import Role
from exams.actions import manual_entry
from exams.actions.printing import note_printed
from exams.documents.layout import NoFonts
from exams.documents.sheets import NotPrinted, keys_pdf, papers_pdf
from exams.models import Attempt, Sitting
from exams.queries.paper_entries import sittings_with_papers, typed_slots, with_entries
from exams.queries.printing import key_sheets, on_seats, sheets

from .paper_forms import EntryForm, SettleForm

log = logging.getLogger(__name__)

PAGE_SIZE = 50
officer = role_required(Role.EXAM_OFFICER)


@require_GET
@officer
def index(request):
    """Sittings, the latest first, with how many papers they have and how many wait to be typed in."""
    page = Paginator(sittings_with_papers(), PAGE_SIZE).get_page(request.GET.get("p"))
    return render(request, "exams/admin/papers.html", {"page_obj": page})


@require_GET
@never_cache
@officer
def sitting(request, sitting_id: int):
    """One sitting: print its papers, and who is on paper."""
    one = get_object_or_404(Sitting.objects.select_related("room__point", "rule__operation"), pk=sitting_id)
    return render(request, "exams/admin/paper_sitting.html", {"sitting": one, "attempts": with_entries(on_seats(one))})


@require_GET
@never_cache
@officer
def print_sitting(request, sitting_id: int, what: str):
    """All papers of a sitting, or all keys, in the order of seats."""
    one = get_object_or_404(Sitting.objects.select_related("room__point", "rule__operation"), pk=sitting_id)
    return _pdf(request, one, list(on_seats(one)), what, target=one, back=redirect("exam_papers:sitting", one.pk))


@require_GET
@never_cache
@officer
def print_one(request, attempt_id: UUID, what: str):
    """One candidate's paper, or its key."""
    attempt = _attempt(attempt_id)
    one = attempt.admission.sitting
    return _pdf(request, one, [attempt], what, target=attempt, back=redirect("exam_papers:sitting", one.pk))


def _pdf(request, one: Sitting, attempts: list[Attempt], what: str, *, target, back):
    try:
        pdf = keys_pdf(one, key_sheets(attempts)) if what == "keys" else papers_pdf(one, sheets(attempts))
    except (NoFonts, NotPrinted):
        log.exception("the %s of sitting %s were not printed", what, one.pk)
        messages.error(request, _("This could not be printed. Tell the administrator; the log says why."))
        return back
    note_printed(target=target, what=what, papers=len(attempts), by=request.user, now=request.now)
    headers = {"Content-Disposition": f'inline; filename="{what}-{target.pk}.pdf"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def _attempt(attempt_id: UUID) -> Attempt:
    known = Attempt.objects.filter(admission__cancelled_at=None).select_related(
        "admission__sitting__room__point", "admission__sitting__rule__operation", "person"
    )
    return get_object_or_404(with_entries(known), pk=attempt_id)


@require_POST
@officer
def put_on_paper(request, sitting_id: int):
    """Let the chosen candidates, or the whole room, write on paper."""
    one = get_object_or_404(Sitting, pk=sitting_id)
    chosen = None if "all" in request.POST else [pk for pk in map(_uuid, request.POST.getlist("attempt")) if pk]
    count = manual_entry.put_on_paper(sitting=one, attempt_ids=chosen, by=request.user, now=request.now)
    told = ngettext("%(count)s candidate writes on paper.", "%(count)s candidates write on paper.", count)
    messages.success(request, told % {"count": count})
    return redirect("exam_papers:sitting", one.pk)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_POST
@officer
def take_off_paper(request, attempt_id: UUID, came: str):
    """Back to the screen, or marked as absent."""
    attempt = _attempt(attempt_id)
    try:
        manual_entry.take_off_paper(attempt_id=attempt_id, came=came == "online", by=request.user, now=request.now)
    except manual_entry.NotOnPaper:
        messages.error(request, _("This attempt is not on paper, or something was typed in already."))
    return redirect("exam_papers:sitting", attempt.admission.sitting_id)


@require_http_methods(["GET", "POST"])
@never_cache
@officer
def enter(request, attempt_id: UUID):
    """Type in one answer sheet; neither the key nor the other person's entry is shown."""
    attempt = _attempt(attempt_id)
    back = redirect("exam_papers:sitting", attempt.admission.sitting_id)
    form = EntryForm(request.POST or None, slots=typed_slots(attempt.paper_id))
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("begun_at", "handed_in_at")}
        try:
            done = manual_entry.enter(
                attempt_id=attempt_id, responses=form.responses, **said, by=request.user, now=request.now
            )
            _tell(request, attempt, done, form)
            return redirect("exam_papers:settle", attempt_id) if done.entries == 2 and not done.receipt else back
        except manual_entry.NotOnPaper:
            messages.error(request, _("This attempt is not on paper, or is handed in already."))
            return back
        except manual_entry.EnteredByYou:
            messages.error(request, _("You typed this paper in already, or two others did."))
            return back
        except manual_entry.TimesDoNotFit:
            form.add_error("handed_in_at", _("These times are before the sitting opens, or in the future."))
    return render(request, "exams/admin/paper_entry.html", {"form": form, "attempt": attempt})


def _tell(request, attempt: Attempt, done: manual_entry.Entered, form: EntryForm) -> None:
    said = {"ticket": attempt.admission.ticket, "answers": len(form.responses), "empty": len(form.unanswered)}
    if done.receipt:
        messages.success(request, _("Both entries agree: %(ticket)s is handed in.") % said)
    elif done.entries == 2:
        messages.warning(request, _("The two entries of %(ticket)s differ: decide with the sheet in hand.") % said)
    else:
        told = _("%(ticket)s: %(answers)s answers stored, %(empty)s empty. Another person types it in once more.")
        messages.success(request, told % said)


@require_http_methods(["GET", "POST"])
@never_cache
@officer
def settle(request, attempt_id: UUID):
    """Decide where two entries differ."""
    attempt = _attempt(attempt_id)
    entries = list(attempt.manual_entries.all())
    back = redirect("exam_papers:sitting", attempt.admission.sitting_id)
    if len(entries) < 2 or attempt.receipt:
        return back
    form = SettleForm(
        request.POST or None,
        differences=manual_entry.differences(*entries),
        slots=typed_slots(attempt.paper_id),
        second=entries[1],
    )
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("begun_at", "handed_in_at")}
        try:
            manual_entry.settle(
                attempt_id=attempt_id, responses=form.responses, **said, by=request.user, now=request.now
            )
            messages.success(request, _("%(ticket)s is handed in.") % {"ticket": attempt.admission.ticket})
            return back
        except manual_entry.EnteredByYou:
            form.add_error(None, _("Whoever made the first entry does not decide."))
        except manual_entry.NotOnPaper:
            return back
        except (manual_entry.TimesDoNotFit, manual_entry.NotFitting):
            form.add_error(None, _("These times are before the sitting opens, or in the future."))
    context = {"form": form, "attempt": attempt, "first": entries[0], "second": entries[1]}
    return render(request, "exams/admin/paper_settle.html", context)

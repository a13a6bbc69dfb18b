"""Rosters: hand in, watch, look at, decide, see what came of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actions.memberships import OrganisationClosed
from accounts.actions.rosters import deciding
from accounts.enums import RosterState, Verdict
from accounts.forms.organisations import DecisionForm, RosterForm
from accounts.queries import rosters as queries
from accounts.rules.rosters import reasons
from core.sheets.faults import Unreadable
from core.spreadsheets import workbook

from .gates import manager_required, roster_manager_required

PAGE_SIZE, SHOWN = 50, 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
@manager_required
def upload(request, organisation):
    """The rosters handed in so far, and the form for a new one."""
    form = RosterForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            roster = deciding.upload(
                organisation=organisation, filename=file.name, data=file.read(), by=request.user, now=request.now
            )
            return redirect("organisations:roster", roster.pk)
        except Unreadable as fault:
            form.add_error("file", reasons.of_file(fault.code))
        except OrganisationClosed:
            form.add_error(None, _("This organisation is closed and takes in nobody."))
    context = {"organisation": organisation, "form": form, "rosters": queries.rosters_of(organisation)[:SHOWN]}
    return render(request, "organisations/rosters.html", context, status=400 if form.errors else 200)


@require_GET
@roster_manager_required
def show(request, roster):
    """Where the roster is; once it is read, its lines by verdict."""
    context = {"roster": roster, "organisation": roster.organisation, "percent": queries.percent(roster)}
    if roster.state in queries.WORKING:
        return render(request, "organisations/roster_working.html", context)
    tallies = queries.tallies(roster)
    verdict = request.GET.get("verdict")
    if verdict not in Verdict.values:
        verdict = tallies[0].verdict if tallies else Verdict.BAD
    page = Paginator(queries.lines_of(roster, verdict), PAGE_SIZE).get_page(request.GET.get("p"))
    context |= {
        "tallies": tallies,
        "verdict": Verdict(verdict),
        "page_obj": page,
        "lines": [queries.shown(line) for line in page],
        "bad": any(tally.verdict == Verdict.BAD for tally in tallies),
        "good": sum(tally.count for tally in tallies if tally.verdict in (Verdict.NEW, Verdict.KNOWN)),
        "fault": reasons.of_file(roster.fault) if roster.state == RosterState.FAILED else "",
    }
    return render(request, "organisations/roster.html", context)


@require_POST
@roster_manager_required
def decide(request, roster):
    """Have the roster taken in."""
    form = DecisionForm(request.POST)
    try:
        if form.is_valid():
            deciding.confirm(roster_id=roster.pk, mode=form.cleaned_data["mode"], by=request.user, now=request.now)
    except deciding.HasBadLines:
        messages.error(
            request, _("There are bad lines: all or nothing would be nothing. Mend them in your file first.")
        )
    except deciding.WrongState:
        messages.error(request, _("This roster has been decided on already."))
    return redirect("organisations:roster", roster.pk)


@require_POST
@roster_manager_required
def cancel(request, roster):
    """Drop the roster."""
    try:
        deciding.cancel(roster_id=roster.pk, by=request.user, now=request.now)
        messages.success(request, _("The roster was dropped. Nobody was taken in."))
    except deciding.WrongState:
        messages.error(request, _("This roster has been decided on already."))
    return redirect("organisations:roster", roster.pk)


@require_GET
@roster_manager_required
def errors(request, roster):
    """The lines that cannot be taken in, as they were, with the reasons: XLSX to mend and hand in again."""
    titles, rows = deciding.export_of_errors(roster=roster, by=request.user, now=request.now)
    content = workbook([_("Line"), *titles, _("What is wrong")], rows)
    disposition = f'attachment; filename="errors-{roster.pk}.xlsx"'
    return HttpResponse(content, XLSX, headers={"Content-Disposition": disposition})

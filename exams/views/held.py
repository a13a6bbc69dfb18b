"""What the people of an organisation hold: for those who manage it."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.queries.organisations import managed_by
from exams.actions import certificate_lists
from exams.queries import held as queries

PAGE_SIZE = 50
LABELS = {
    "valid": _("Valid"),
    "ending": _("Ends within 90 days"),
    "expired": _("Expired"),
    "suspended": _("Suspended"),
    "none": pgettext_lazy("certificates", "None"),
}


def manager_required(view):
    """Turn ``pk`` into the organisation that the user manages; of other people's it is 404."""

    @never_cache
    @login_required
    @wraps(view)
    def gate(request, pk: int):
        return view(request, get_object_or_404(managed_by(request.user), pk=pk))

    return gate


@require_GET
@manager_required
def show(request, organisation):
    """Who holds what, names masked."""
    return _list(request, organisation)


@require_POST
@manager_required
def names(request, organisation):
    """One page of it with names; recorded."""
    return _list(request, organisation, clear=True)


@require_POST
@manager_required
def export(request, organisation):
    """All of it as a file; recorded."""
    kind = request.POST.get("format")
    kind = kind if kind in certificate_lists.FORMATS else "xlsx"
    labels = {state: str(label) for state, label in LABELS.items()}
    content = certificate_lists.export_held(
        organisation=organisation, kind=kind, labels=labels, by=request.user, now=request.now
    )
    disposition = f'attachment; filename="certificates-{organisation.pk}.{kind}"'
    return HttpResponse(content, certificate_lists.FORMATS[kind], headers={"Content-Disposition": disposition})


def _list(request, organisation, *, clear: bool = False):
    day = timezone.localdate(request.now)
    people, state = queries.people_of(organisation), request.GET.get("state")
    counts = queries.counts(people, day=day)
    if state in queries.STATES:
        people = queries.people_in(state, people, day=day)
    page = Paginator(queries.with_certificates(people), PAGE_SIZE).get_page(request.GET.get("p"))
    rows = [(person, [_shown(each, day) for each in person.held]) for person in page]
    if clear:
        shown = [person for person, _certificates in rows]
        certificate_lists.names_shown(organisation=organisation, people=shown, by=request.user, now=request.now)
    context = {
        "organisation": organisation,
        "page_obj": page,
        "rows": rows,
        "clear": clear,
        "state": state if state in queries.STATES else "",
        "people": counts["people"],
        "tallies": [(name, label, counts[name]) for name, label in LABELS.items()],
    }
    return render(request, "exams/held.html", context)


def _shown(certificate, day):
    state = queries.state_of(certificate, day=day)
    return certificate, state, LABELS[state]

"""Certificates through their life: the list, each one's page, and what is done with it."""

import django_filters
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin.filters import WagtailFilterSet

from accounts.decorators import role_required
from accounts.enums import Role
from accounts.queries import has_role
from exams.actions import certificate_acts, certificate_reviews
from exams.enums import CertificateEventKind as Kind
from exams.enums import CertificateOrigin, CertificateStatus
from exams.models import Certificate, CertificateProposal, CertificateReview, Operation
from exams.queries import certificate_acts as queries
from exams.queries.certificates import grouped_code
from exams.queries.renewals import window_of
from exams.rules.certificate_life import may

from .certificate_forms import DecisionForm, ReasonForm, ReviewForm

PAGE_SIZE = 50
looks_after = role_required(Role.CERTIFIER, Role.EXAM_OFFICER)
certifier = role_required(Role.CERTIFIER)
ACTS = {
    "suspend": (Kind.SUSPENDED, gettext_lazy("Propose to suspend")),
    "revoke": (Kind.REVOKED, gettext_lazy("Propose to revoke")),
    "reinstate": (Kind.REINSTATED, gettext_lazy("Reinstate")),
    "replace": (Kind.REPLACED, gettext_lazy("Replace")),
}
NEED_TWO = ("suspend", "revoke")
REFUSALS = {
    certificate_acts.NotYours: gettext_lazy("Not by you: a colleague must do this; nobody decides about themselves."),
    certificate_acts.NeedsReason: gettext_lazy("Say why."),
    certificate_acts.NotPossible: gettext_lazy("The certificate is in another state meanwhile."),
    certificate_acts.AlreadyProposed: gettext_lazy("Another proposal about it waits for a decision."),
    certificate_acts.NotOpen: gettext_lazy("It was decided or taken back meanwhile."),
}


class CertificateFilterSet(WagtailFilterSet):
    """By state on the day, operation and origin."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("state"),
        method="in_state",
        choices=[*CertificateStatus.choices, ("ending", gettext_lazy("Ends within 90 days"))],
    )
    operation = django_filters.ModelChoiceFilter(
        label=gettext_lazy("operation"), queryset=Operation.objects.all(), field_name="rule__operation"
    )
    origin = django_filters.ChoiceFilter(label=gettext_lazy("origin"), choices=CertificateOrigin.choices)

    class Meta:
        model = Certificate
        fields = ["state", "operation", "origin"]

    def in_state(self, queryset, name, state):
        return queries.in_state(state, queryset, day=timezone.localdate(self.request.now))


@never_cache
@require_GET
@looks_after
def show(request, pk: int):
    """One certificate with all that happened to it, and what may be done now."""
    certificate = queries.whole(pk)
    if certificate is None:
        raise Http404
    day = timezone.localdate(request.now)
    status = CertificateStatus(certificate.status_on(day))
    is_certifier = has_role(request.user, Role.CERTIFIER)
    context = {
        "certificate": certificate,
        "code": grouped_code(certificate.code),
        "status": status,
        "window": window_of(certificate, day=day),
        "reviews": queries.reviews_on(certificate, day=day),
        "events": certificate.events.select_related("by", "proposed_by"),
        "proposal": certificate.proposals.filter(state="open").select_related("proposed_by").first(),
        "acts": _open_to(status, is_certifier),
        "is_certifier": is_certifier,
        "review_form": ReviewForm(),
    }
    return render(request, "exams/admin/certificate.html", context)


def _open_to(status: CertificateStatus, is_certifier: bool) -> list:
    """Return the acts that a certificate of this status takes from this user."""
    mine = ACTS if is_certifier else NEED_TWO
    return [(act, ACTS[act][1]) for act in mine if may(ACTS[act][0], status)]


def _act(request, pk: int, name: str):
    certificate = get_object_or_404(queries.listed(), pk=pk)
    kind, label = ACTS[name]
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        values = {"certificate_id": pk, "by": request.user, "now": request.now, **form.cleaned_data}
        work = {"reinstate": certificate_acts.reinstate, "replace": certificate_acts.replace}.get(name)
        try:
            done = work(**values) if work else certificate_acts.propose(kind=kind, **values)
        except tuple(REFUSALS) as refusal:
            form.add_error(None, REFUSALS[type(refusal)])
        else:
            two = _("Proposed. A second person must approve it before anything changes.")
            messages.success(request, two if name in NEED_TWO else _("Done and recorded."))
            return redirect("certificates:inspect", done.pk if name == "replace" else pk)
    context = {"form": form, "certificate": certificate, "title": label, "needs_two": name in NEED_TWO}
    return render(request, "exams/admin/certificate_act.html", context, status=409 if form.non_field_errors() else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@looks_after
def propose(request, pk: int, act: str):
    """Propose to take a certificate away, for a time or for good."""
    return _act(request, pk, act)


@never_cache
@require_http_methods(["GET", "POST"])
@certifier
def give(request, pk: int, act: str):
    """Give a suspended one back, or a new one in place of the old."""
    return _act(request, pk, act)


@never_cache
@require_GET
@looks_after
def proposals(request):
    """What waits for a second person."""
    page = Paginator(queries.open_proposals(), PAGE_SIZE).get_page(request.GET.get("p"))
    return render(request, "exams/admin/proposals.html", {"page_obj": page})


@require_POST
@looks_after
def decide(request, proposal_id: int):
    """Carry a proposal out, refuse it, or take one's own back."""
    proposal = get_object_or_404(CertificateProposal, pk=proposal_id)
    form = DecisionForm(request.POST)
    if form.is_valid():
        values = {"proposal_id": proposal_id, "by": request.user, "now": request.now}
        try:
            if form.cleaned_data["decision"] == "refuse":
                certificate_acts.refuse(note=form.cleaned_data["note"], **values)
            elif form.cleaned_data["decision"] == "withdraw":
                certificate_acts.withdraw(**values)
            else:
                certificate_acts.approve(**values)
            messages.success(request, _("Done and recorded."))
        except tuple(REFUSALS) as refusal:
            messages.error(request, REFUSALS[type(refusal)])
    return redirect("certificates:inspect", proposal.certificate_id)


@require_POST
@certifier
def review(request, pk: int, review_id: int):
    """Note when a review was done."""
    get_object_or_404(CertificateReview, pk=review_id, certificate=pk)
    form = ReviewForm(request.POST)
    try:
        if not form.is_valid():
            raise certificate_reviews.NotADay
        certificate_reviews.note_done(review_id=review_id, **form.cleaned_data, by=request.user, now=request.now)
        messages.success(request, _("Done and recorded."))
    except certificate_reviews.NotADay:
        messages.error(request, _("A review is done on a day since the issue, and not in the future."))
    except certificate_acts.NotYours:
        messages.error(request, REFUSALS[certificate_acts.NotYours])
    return redirect("certificates:inspect", pk)

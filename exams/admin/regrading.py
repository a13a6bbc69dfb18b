"""Officers propose what to do about a wrong question, see what it changes, and approve what others proposed."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.decorators import role_required
from accounts.enums import Role
from exams.actions import key_changes
from exams.enums import KeyChangeKind
from exams.models import KeyChange, QuestionVersion
from exams.queries.papers import parts_of
from exams.queries.regrades import changed_results, differences, key_changes_to_look_at
from exams.queries.released import without_basis
from exams.rules import rekeying
from exams.rules.responses import LETTERS

officer = role_required(Role.EXAM_OFFICER)
PAGE_SIZE = 50
SHOWN_AT_MOST = 500


class KeyChangeForm(forms.Form):
    """What is to be done; ``typed`` are letters of the bank's order, one answer a line, or spellings of blanks."""

    kind = forms.ChoiceField(label=gettext_lazy("What is to be done"), choices=KeyChangeKind)
    whole = forms.BooleanField(label=gettext_lazy("Void every version of the question"), required=False)
    typed = forms.CharField(
        label=gettext_lazy("Right answers"),
        help_text=gettext_lazy(
            "Letters in the order shown here, one answer a line; of blanks one line a blank, spellings divided by |."
        ),
        widget=forms.Textarea({"rows": 3}),
        required=False,
        max_length=2000,
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)

    def __init__(self, *args, version: QuestionVersion, **kwargs):
        super().__init__(*args, **kwargs)
        self.version = version

    def clean(self):
        data = super().clean()
        if not self.errors:
            kind, question_kind = data["kind"], self.version.question.kind
            try:
                data["detail"] = rekeying.read(
                    kind=kind, question_kind=question_kind, typed=data["typed"], parts=parts_of(self.version)
                )
            except rekeying.BadChange as error:
                self.add_error("typed", str(error))
            if data["whole"] and kind != KeyChangeKind.VOID:
                self.add_error("whole", _("Only a void concerns every version."))
        return data


@require_GET
@officer
def index(request):
    """Changes of keys, those that wait for a second officer first."""
    page = Paginator(key_changes_to_look_at(), PAGE_SIZE).get_page(request.GET.get("p"))
    return render(request, "exams/admin/key_changes.html", {"page_obj": page})


@require_http_methods(["GET", "POST"])
@officer
def propose(request, version_id: int):
    """Propose a change of one version's key."""
    version = get_object_or_404(QuestionVersion.objects.select_related("question__point"), pk=version_id)
    form = KeyChangeForm(request.POST or None, version=version)
    if form.is_valid():
        data = form.cleaned_data
        change = key_changes.propose(
            question=version.question,
            version=None if data["whole"] else version,
            kind=data["kind"],
            detail=data["detail"],
            reason=data["reason"],
            by=request.user,
            now=request.now,
        )
        messages.success(request, _("Proposed. This is what it would change; another officer approves it."))
        return redirect("exam_results:key_change", change.pk)
    return render(request, "exams/admin/key_change_form.html", {"form": form, "version": version})


@require_GET
@officer
def show(request, change_id: int):
    """Whose result changes from what to what: reckoned before the approval, afterwards what was appended."""
    change = get_object_or_404(key_changes_to_look_at(), pk=change_id)
    found = changed_results(change) if change.approved_at else differences(change)
    turning = [one for one in found if one.turns]
    context = {
        "change": change,
        "found": found[:SHOWN_AT_MOST],
        "count": len(found),
        "passes": sum(one.new.passed for one in turning),
        "fails": sum(one.old.passed for one in turning),
        "may_approve": change.proposed_by_id != request.user.pk and not change.refused_at,
        "shown": _answers(change),
        "version": change.version or change.question.versions.order_by("-number").first(),
    }
    return render(request, "exams/admin/key_change.html", context)


def _answers(change: KeyChange) -> list[str]:
    """Return the answers of a change as letters of the bank's order, or the spellings of each blank."""
    detail = change.detail
    answers = detail.get("accepted") or ([detail["right"]] if "right" in detail else [])
    spelled = [" | ".join(texts) for texts in detail.get("spellings", []) if texts]
    return ["".join(LETTERS[position] for position in answer) for answer in answers] + spelled


@require_POST
@officer
def approve(request, change_id: int):
    """Approve what another officer proposed; a worker grades again."""
    change = get_object_or_404(KeyChange, pk=change_id)
    try:
        key_changes.approve(change_id=change.pk, by=request.user, now=request.now)
        messages.success(request, _("Approved. A worker grades again what it concerns."))
    except key_changes.NotAnotherOfficer:
        messages.error(request, _("Nobody approves what they proposed themselves."))
    except key_changes.Decided:
        messages.error(request, _("It was refused before."))
    return redirect("exam_results:key_change", change_id)


@require_POST
@officer
def refuse(request, change_id: int):
    """Put a proposal aside."""
    change = get_object_or_404(KeyChange, pk=change_id)
    try:
        key_changes.refuse(change_id=change.pk, by=request.user, now=request.now)
        messages.success(request, _("Put aside; nothing changes."))
    except key_changes.Decided:
        messages.error(request, _("It was approved before."))
    return redirect("exam_results:key_changes")


@require_GET
@role_required(Role.CERTIFIER, Role.EXAM_OFFICER)
def lost_basis(request):
    """Certificates whose theory a regrade turned into a fail: a certifier decides about each."""
    page = Paginator(without_basis(), PAGE_SIZE).get_page(request.GET.get("p"))
    return render(request, "exams/admin/lost_basis.html", {"page_obj": page})

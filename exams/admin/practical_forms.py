"""Forms around a practical exam: who examines, why something is undone, and a score sheet sent without script."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exams.actions.score_sheets import MAX_NOTE, Entry
from exams.models import OperationRule
from exams.queries.examiners import examiners_for, shown_name
from exams.queries.score_sheets import Sheet

MINUTES = "%Y-%m-%dT%H:%M"
SECONDS = "%Y-%m-%dT%H:%M:%S"


class ExaminerField(forms.ModelChoiceField):
    def label_from_instance(self, user):
        return shown_name(user)


class ExaminerForm(forms.Form):
    """One examiner of those who may examine the candidate."""

    examiner = ExaminerField(None, label=_("Examiner"))

    def __init__(self, *args, candidate, leave_out=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["examiner"].queryset = examiners_for(candidate, leave_out=leave_out)


class ReplaceForm(ExaminerForm):
    """Who takes a place, and why."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class OpenForm(forms.Form):
    """As many examiners as the rule says, each once; ``first`` (an id) is proposed as the first of them."""

    def __init__(self, *args, rule: OperationRule, candidate, first: int, **kwargs):
        super().__init__(*args, **kwargs)
        able = examiners_for(candidate)
        for place in range(1, rule.examiners + 1):
            self.fields[f"examiner_{place}"] = ExaminerField(
                able, label=_("Examiner %(place)s") % {"place": place}, initial=first if place == 1 else None
            )

    @property
    def examiners(self) -> list[int]:
        """Ids of the examiners in the order of their places, once valid."""
        return [user.pk for user in self.cleaned_data.values()]

    def clean(self):
        data = super().clean()
        chosen = list(data.values())
        if len(set(chosen)) != len(chosen):
            raise forms.ValidationError(_("Choose different examiners."))
        return data


class SheetForm(forms.Form):
    """Times and signature of a score sheet; its marks are read by ``entries``."""

    started_at = forms.DateTimeField(label=_("Beginning"), input_formats=[MINUTES, SECONDS])
    finished_at = forms.DateTimeField(label=_("End"), input_formats=[MINUTES, SECONDS])
    signature = forms.CharField(required=False)
    signed_name = forms.CharField(required=False, max_length=80)

    def clean(self):
        data = super().clean()
        if not data.get("signature") and not data.get("signed_name"):
            raise forms.ValidationError(_("Sign the sheet: draw your signature, or type your name."))
        return data


def entries(sheet: Sheet, data, *, now: datetime) -> list[Entry]:
    """Return what differs between a posted form and the sheet, with sequence numbers above all that is stored."""
    seq, found = sheet.next_seq(now), []
    for task in sheet.tasks:
        for item in task.items:
            given = data.get(f"mark-{item.slot}", "")
            if given and given != str(item.marks):
                found.append(Entry(item.slot, given, False, seq + len(found)))
        for veto in task.vetoes:
            seen, note = f"veto-{veto.slot}" in data, data.get(f"note-{veto.slot}", "").strip()[:MAX_NOTE]
            if (seen, note) != (veto.seen, veto.note):
                found.append(Entry(veto.slot, note, seen, seq + len(found)))
    return found


def local(moment: datetime | None) -> str:
    """Return a moment as a datetime-local field shows it."""
    return f"{timezone.localtime(moment):{SECONDS}}" if moment else ""

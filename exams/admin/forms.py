"""Forms of the exam domain's planners and reviewers."""

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from exams.enums import ApplicationStatus, DocumentVerdict, LatePolicy, ReleasePolicy, SittingKind, Takeover
from exams.models import Blueprint, OperationRule, Room

EXTRA_MINUTES = 30  # the window is longer than the exam: late comers keep their time
START_LIST = 12


class SuccessorForm(forms.Form):
    """From when the successor of a scheme is in force."""

    effective_from = forms.DateField(label=_("In force from"), widget=AdminDateInput)


class DecisionForm(forms.Form):
    """What an officer decides about an application."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            (ApplicationStatus.ACCEPTED, _("Accept")),
            (ApplicationStatus.RETURNED, _("Return: something is to be mended")),
            (ApplicationStatus.REFUSED, _("Refuse")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason, which the candidate reads"), required=False, max_length=500, widget=forms.Textarea({"rows": 3})
    )


class VerdictForm(forms.Form):
    """Whether one document will do."""

    verdict = forms.ChoiceField(choices=[(DocumentVerdict.ACCEPTED, ""), (DocumentVerdict.REJECTED, "")])
    note = forms.CharField(required=False, max_length=200)


class SittingsForm(forms.Form):
    """Sittings for several rooms and times at once."""

    title = forms.CharField(label=_("Title"), max_length=80)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(kind, kind.label) for kind in (SittingKind.CERTIFYING, SittingKind.TRAINING)]
    )
    rule = forms.ModelChoiceField(
        OperationRule.objects.select_related("operation", "scheme").order_by(
            "operation__name", "-scheme__effective_from"
        ),
        label=_("Rules"),
    )
    blueprint = forms.ModelChoiceField(
        Blueprint.objects.filter(retired_at=None).select_related("operation"), label=_("Blueprint")
    )
    rooms = forms.ModelMultipleChoiceField(
        Room.objects.select_related("point").order_by("point__name", "name"),
        label=_("Rooms"),
        widget=forms.CheckboxSelectMultiple,
    )
    day = forms.DateField(label=_("Day"), widget=AdminDateInput)
    times = forms.CharField(label=_("Begins at"), help_text=_("One or more, as 09:00, 14:00."), max_length=100)
    minutes = forms.IntegerField(
        label=_("Minutes"), required=False, min_value=10, max_value=480, help_text=_("Empty: as the rules say.")
    )
    booking_opens = forms.DateField(label=_("Booking opens on"), required=False, widget=AdminDateInput)
    booking_closes_days = forms.IntegerField(
        label=_("Booking closes … days before"), min_value=0, max_value=60, initial=2
    )
    late_policy = forms.ChoiceField(label=_("Late start"), choices=LatePolicy)
    takeover = forms.ChoiceField(label=_("Another device"), choices=Takeover, initial=Takeover.RELEASED)
    needs_check_in = forms.BooleanField(label=_("Candidates check in first"), required=False, initial=True)
    starts_together = forms.BooleanField(label=_("The invigilator starts the room"), required=False)
    calculator = forms.BooleanField(label=_("Calculator allowed"), required=False)
    full_screen = forms.BooleanField(label=_("Asks for the full screen"), required=False)
    release_policy = forms.ChoiceField(label=_("Results"), choices=ReleasePolicy)

    def clean_times(self) -> list:
        typed = self.cleaned_data["times"].replace("，", ",").replace("、", ",").replace("：", ":")
        found = []
        for part in typed.replace(",", " ").split():
            try:
                found.append(datetime.strptime(part, "%H:%M").time())  # noqa: DTZ007  (a time of day has no zone)
            except ValueError as error:
                raise forms.ValidationError(_("“%(time)s” is no time of day.") % {"time": part}) from error
        if len(found) > START_LIST:
            raise forms.ValidationError(_("That many sittings in a day?"))
        return found

    def plan(self) -> dict:
        """Return what ``scheduling.make_sittings`` takes, once valid."""
        data = dict(self.cleaned_data)
        day, times = data.pop("day"), data.pop("times")
        opens = [timezone.make_aware(datetime.combine(day, time)) for time in times]
        minutes = data.pop("minutes") or data["rule"].theory_minutes
        booking_opens, days = data.pop("booking_opens"), data.pop("booking_closes_days")
        begins = timezone.make_aware(datetime.combine(booking_opens, datetime.min.time())) if booking_opens else None
        return data | {
            "opens": opens,
            "minutes": minutes,
            "window_minutes": minutes + EXTRA_MINUTES,
            "booking_opens_at": begins,
            "booking_closes_at": min(opens) - timedelta(days=days),
        }


class DutiesForm(forms.Form):
    """How invigilators are drawn for the chosen sittings; the seed gives the same drawing again."""

    each = forms.IntegerField(label=_("Invigilators for each room"), min_value=1, max_value=6, initial=2)
    seed = forms.IntegerField(label=_("Seed (empty: a new one)"), min_value=0, max_value=2**31 - 1, required=False)

"""What the console sends with each act, checked before anything happens."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exams.enums import IncidentKind
from exams.rules.timing import LONGEST_ALLOWANCE

LONGEST_MINUTES = int(LONGEST_ALLOWANCE.total_seconds()) // 60


class OneForm(forms.Form):
    """Which candidate; empty where the act is about the whole room."""

    attempt = forms.UUIDField(required=False)


class ThatOneForm(forms.Form):
    """Which candidate, always."""

    attempt = forms.UUIDField()


class ReasonForm(OneForm):
    """Why."""

    reason = forms.CharField(label=_("reason"), max_length=200)


class ThatOneReasonForm(ThatOneForm):
    """Which candidate, and why."""

    reason = forms.CharField(label=_("reason"), max_length=200)


class TimeForm(ReasonForm):
    """Minutes to give."""

    minutes = forms.IntegerField(label=_("minutes"), min_value=1, max_value=LONGEST_MINUTES)


class InterruptionForm(forms.Form):
    """From when until when of today something kept everybody from working; the clock of the place."""

    reason = forms.CharField(label=_("reason"), max_length=200)
    since = forms.TimeField(label=_("from"))
    until = forms.TimeField(label=_("until"))

    def interval(self, now):
        """Return both moments: the last time that the clock showed the first, and the next time it shows the second."""
        today = timezone.localtime(now)

        def on(day, clock):
            return day.replace(hour=clock.hour, minute=clock.minute, second=clock.second, microsecond=0)

        since = on(today, self.cleaned_data["since"])
        since -= timedelta(days=since > now)
        until = on(since, self.cleaned_data["until"])
        return since, until + timedelta(days=until <= since)


class SeatForm(ThatOneForm):
    """The new seat."""

    seat = forms.IntegerField(label=_("seat"), min_value=1, max_value=9999)


class MessageForm(OneForm):
    """Words to one or to the room."""

    text = forms.CharField(label=_("message"), max_length=300)


class IncidentForm(OneForm):
    """A line for the record."""

    kind = forms.ChoiceField(label=_("kind"), choices=IncidentKind)
    text = forms.CharField(label=_("what happened"), max_length=500)


class CheckInForm(forms.Form):
    """Whose admission; ``undo`` takes the check-in back."""

    admission = forms.IntegerField(min_value=1)
    undo = forms.BooleanField(required=False)


class EmergencyForm(forms.Form):
    """The file; ``apply`` takes it in, without it is only looked at."""

    file = forms.FileField(label=_("file"))
    apply = forms.BooleanField(required=False)

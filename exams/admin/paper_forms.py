"""Forms for what was written on paper: the answer lines, single answers and times; and what decides between two."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exams.rules.typed_answers import NotAnAnswer, TypedSlot, read, response, shown

MINUTE = "%Y-%m-%dT%H:%M"
SINGLE = "slot-"


def moment(label) -> forms.DateTimeField:
    """Return a field for a minute of the local day."""
    widget = forms.DateTimeInput({"type": "datetime-local"}, format=MINUTE)
    return forms.DateTimeField(label=label, widget=widget, input_formats=[MINUTE])


class EntryForm(forms.Form):
    """Lines of answers, or one field each; ``responses`` once valid."""

    begun_at = moment(_("Begun at"))
    handed_in_at = moment(_("Handed in at"))
    lines = forms.CharField(
        label=_("Answers in lines"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 10, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_(
            "A line a group, as “1-10: ABBAB ABCDA”; with several letters to a question a space between two questions:"
            " “71-73: ABC BD ACD”. “-” is no answer, √ and × are right and wrong. Fill-ins one a line: “81: 36；10”."
        ),
    )

    def __init__(self, *args, slots: list[TypedSlot], **kwargs):
        super().__init__(*args, **kwargs)
        self.slots = slots
        for slot in slots:
            self.fields[f"{SINGLE}{slot.number}"] = forms.CharField(
                label=str(slot.number),
                required=False,
                max_length=1000,
                widget=forms.TextInput({"size": 4 if slot.order else 24, "autocomplete": "off"}),
            )

    @property
    def singly(self):
        """The fields for single answers."""
        return [self[f"{SINGLE}{slot.number}"] for slot in self.slots]

    @property
    def unanswered(self) -> list[int]:
        """Questions left empty, once valid."""
        return [slot.number for slot in self.slots if slot.number not in self.responses]

    def clean(self):
        data = super().clean()
        single = {slot.number: data.get(f"{SINGLE}{slot.number}") or "" for slot in self.slots}
        typed = read(data.get("lines") or "", single, self.slots)
        self.responses = typed.responses
        for problem in typed.problems:
            self.add_error("lines", problem)
        if data.get("begun_at") and data.get("handed_in_at") and data["begun_at"] >= data["handed_in_at"]:
            self.add_error("handed_in_at", _("It is handed in after it is begun."))
        return data


class SettleForm(forms.Form):
    """What decides: for each slot at which two entries differ the answer that stands on the sheet."""

    begun_at = moment(_("Begun at"))
    handed_in_at = moment(_("Handed in at"))

    def __init__(self, *args, differences, slots: list[TypedSlot], second, **kwargs):
        initial = {name: timezone.localtime(getattr(second, name)) for name in ("begun_at", "handed_in_at")}
        super().__init__(*args, initial=initial, **kwargs)
        self.known = {slot.number: slot for slot in slots}
        self.differences = differences
        for one in differences:
            self.fields[f"{SINGLE}{one.slot}"] = forms.CharField(
                label=str(one.slot),
                max_length=1000,
                widget=forms.TextInput({"size": 12, "autocomplete": "off"}),
                help_text=_("“-” for no answer"),
            )

    @property
    def rows(self):
        """Each difference as typed, with its field."""
        return [
            (one.slot, shown(one.first), shown(one.second), self[f"{SINGLE}{one.slot}"]) for one in self.differences
        ]

    def clean(self):
        data = super().clean()
        self.responses = {}
        for one in self.differences:
            typed = data.get(f"{SINGLE}{one.slot}")
            if typed is None:
                continue
            try:
                self.responses[one.slot] = response(typed, self.known[one.slot])
            except NotAnAnswer:
                self.add_error(f"{SINGLE}{one.slot}", _("This cannot be the answer to this question."))
        return data

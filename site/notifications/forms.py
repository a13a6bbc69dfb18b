"""What users say about how they want to be told."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.telling import Channel
from notifications.queries.preferences import Row


class WishesForm(forms.Form):
    """One box for each kind and channel; what a kind fixes cannot be changed, whatever is posted."""

    def __init__(self, *args, rows: list[Row], **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            for cell in row.cells:
                self.fields[_box(row, cell.channel)] = forms.BooleanField(
                    required=False,
                    initial=cell.wanted,
                    disabled=cell.fixed,
                    label=f"{row.kind.title}: {cell.channel.label}",
                )

    def table(self) -> list[tuple[Row, list]]:
        """Return each row with its boxes in the order of the channels, None where the kind never goes out so."""
        return [
            (row, [self[_box(row, cell.channel)] if cell.offered else None for cell in row.cells]) for row in self.rows
        ]

    def wanted(self) -> set[tuple[str, Channel]]:
        """Return kind and channel of every box that is ticked."""
        return {
            (row.kind.name, cell.channel)
            for row in self.rows
            for cell in row.cells
            if self.cleaned_data[_box(row, cell.channel)]
        }


class QuietForm(forms.Form):
    """From when until when; both empty: never quiet."""

    begins = forms.TimeField(label=_("From"), required=False)
    ends = forms.TimeField(label=_("Until"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def clean(self):
        begins, ends = self.cleaned_data.get("begins"), self.cleaned_data.get("ends")
        if not self.errors and (begins is None) != (ends is None):
            raise forms.ValidationError(_("Give both times, or leave both empty."))
        if begins is not None and begins == ends:
            raise forms.ValidationError(_("Quiet hours begin and end at different times."))
        return self.cleaned_data


class ReasonForm(forms.Form):
    """Why somebody looks at what is masked."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


def _box(row: Row, channel: Channel) -> str:
    return f"{row.kind.name}-{channel.value}"

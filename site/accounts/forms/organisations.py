"""Forms of those who manage an organisation."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.actions.invitations import MANAGER_DAYS, MANAGER_USES, MOST_DAYS, MOST_USES
from accounts.enums import InvitedAs, RosterMode
from accounts.rules.rosters import reasons
from core.sheets import tables


class SearchForm(forms.Form):
    """Posted, so that nobody's name or number stands in an address."""

    wanted = forms.CharField(
        label=_("Name, identity number or phone"), max_length=80, widget=forms.TextInput({"autocomplete": "off"})
    )


class InvitationForm(forms.Form):
    """Who is invited, for how long, how many."""

    invited_as = forms.ChoiceField(label=_("Invite as"), choices=InvitedAs)
    days = forms.IntegerField(label=_("Valid for (days)"), min_value=1, max_value=MOST_DAYS, initial=7)
    most_uses = forms.IntegerField(label=_("For how many people"), min_value=1, max_value=MOST_USES, initial=50)

    def clean(self):
        data = super().clean()
        if data.get("invited_as") != InvitedAs.MANAGER:
            return data
        for name, most in (("days", MANAGER_DAYS), ("most_uses", MANAGER_USES)):
            if data.get(name, 0) > most:
                self.add_error(name, _("An invitation of managers may have at most %(most)s here.") % {"most": most})
        return data


class RosterForm(forms.Form):
    """The file, and the word of who hands it in that its people know (PIPL articles 23 and 29)."""

    file = forms.FileField(
        label=_("Roster (XLSX or CSV, up to 10 MB)"), widget=forms.FileInput({"accept": ".xlsx,.csv"})
    )
    told = forms.BooleanField(
        label=_("The people in this roster know that their data is handed in here and agreed to it separately."),
        error_messages={"required": _("Without their agreement the data of these people may not be handed in.")},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > tables.MAX_BYTES:
            raise ValidationError(reasons.of_file("too_large"))
        return file


class DecisionForm(forms.Form):
    """What of a roster is taken in."""

    mode = forms.ChoiceField(choices=RosterMode)

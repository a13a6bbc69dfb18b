"""Second factors: what allauth's own views leave open."""

from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.http import HttpResponseRedirect

from accounts.factors import FactorAdapter, removable


class RemoveKeyView(RemoveWebAuthnView):
    """Removes one's own security key; allauth does not ask here whether it is the last factor of staff."""

    def form_valid(self, form):
        if not removable(self.object):
            messages.error(self.request, FactorAdapter.error_messages["cannot_delete_authenticator"])
            return HttpResponseRedirect(self.get_success_url())
        return super().form_valid(form)


remove_key = RemoveKeyView.as_view()

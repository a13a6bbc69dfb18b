"""How this house uses allauth."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Logins are given out by the bureau; nobody registers alone."""

    def is_open_for_signup(self, request):
        return False

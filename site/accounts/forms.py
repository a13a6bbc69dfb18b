"""Forms of people's own affairs."""

from django import forms


class SignupForm(forms.Form):
    """What registration asks beside allauth's own fields."""

    def signup(self, request, user):
        """Called by allauth when the user is stored."""

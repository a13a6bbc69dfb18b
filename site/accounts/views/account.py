"""The page of one's login."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.rules import phones


@login_required
@never_cache
@require_GET
def account(request):
    """User name, phone number (masked), password."""
    number = request.user.phone if request.user.phone_verified_at else ""
    return render(request, "accounts/account.html", {"phone": phones.mask(number) if number else ""})

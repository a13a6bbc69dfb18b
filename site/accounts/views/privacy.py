"""The notices for everybody to read; what one agreed to, and its withdrawal."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actions import consents
from accounts.enums import Purpose
from accounts.forms.affairs import ConsentForm
from accounts.models import PrivacyNotice
from accounts.queries.consents import consents_of, current_notice, current_notices
from accounts.queries.own_data import holds_on
from core.addresses import address_of_request


@require_GET
def notices(request):
    """Every notice in force."""
    return render(request, "accounts/notices.html", {"notices": current_notices(day=timezone.localdate(request.now))})


@require_GET
def notice(request, purpose: Purpose, version: int | None = None):
    """One notice: the words in force, or an older version as it was agreed to."""
    day = timezone.localdate(request.now)
    current = current_notice(purpose, day=day)
    shown = get_object_or_404(PrivacyNotice, purpose=purpose, version=version) if version else current
    if shown is None or shown.effective_from > day:
        raise Http404
    versions = PrivacyNotice.objects.filter(purpose=purpose, effective_from__lte=day)
    return render(request, "accounts/notice.html", {"notice": shown, "current": current, "versions": versions})


@login_required
@never_cache
@require_GET
def my_privacy(request):
    """What the user agreed to."""
    standings = consents_of(request.user, day=timezone.localdate(request.now))
    return render(request, "accounts/privacy.html", {"standings": standings, "Purpose": Purpose})


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def withdraw(request, purpose: Purpose):
    """Say what follows, then withdraw the consent."""
    if request.method == "GET":
        context = {"purpose": purpose, "holds": holds_on(request.user, day=timezone.localdate(request.now))}
        return render(request, "accounts/withdraw.html", context)
    try:
        consents.withdraw(user=request.user, purpose=purpose, by=request.user, now=request.now)
        messages.success(request, _("Your consent is withdrawn."))
    except consents.NothingToWithdraw:
        messages.info(request, _("There was no consent to withdraw."))
    return redirect("my_privacy")


@login_required
@require_POST
def give(request, purpose: Purpose):
    """Give the consent again, or to the newer words."""
    form = ConsentForm(request.POST, purpose=purpose)
    if form.is_valid():
        agreed = form.cleaned_data["notice"]
        address = address_of_request(request)
        consents.give(user=request.user, notice=agreed, address=address, by=request.user, now=request.now)
        messages.success(request, _("Your consent is recorded."))
    else:
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
    return redirect("my_privacy")

"""allauth's pages where a text message goes out: when it does not, the person reads why and keeps what they typed."""

from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.decorators import login_not_required
from allauth.core.exceptions import RateLimited
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from accounts.actions import registration
from accounts.adapter import NotSent


class SendsMessage:
    """A form whose success sends a text message."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except NotSent as reason:
            return self.not_sent(form, str(reason))
        except RateLimited:
            return self.not_sent(form, get_adapter().error_messages["rate_limited"])

    def not_sent(self, form, reason):
        form.add_error(None, reason)
        return self.render_to_response(self.get_context_data(form=form))


class LoginView(SendsMessage, allauth_views.LoginView):
    """A message goes out to who has not verified their number yet."""


class SignupView(SendsMessage, allauth_views.SignupView):
    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except IntegrityError:  # another registration took the name since it was looked up
            form.add_error("username", get_adapter().error_messages["username_taken"])
            return self.render_to_response(self.get_context_data(form=form))

    def not_sent(self, form, reason):
        if user := getattr(self, "user", None):
            registration.forget(user=user)
        return super().not_sent(form, reason)

    def get_context_data(self, **kwargs):
        by_name = self.request.GET.get("by") == "username"
        return super().get_context_data(**kwargs) | {"by_name": by_name}


class RequestLoginCodeView(SendsMessage, allauth_views.RequestLoginCodeView):
    pass


class ConfirmLoginCodeView(allauth_views.ConfirmLoginCodeView):
    def _resend_form_valid(self, form):
        """Send to a number without account as well; allauth sends nothing, which would show."""
        process = self._process
        process.record_resend()
        _tell_unsent(self.request, process.send)
        process.persist()
        return HttpResponseRedirect(self.passthrough_next_url(reverse("account_confirm_login_code")))


class VerifyNewPhoneView(allauth_views._VerifyPhoneSignupView):
    def _resend_form_valid(self, form):
        """Send to a number that has an account as well; allauth sends nothing, which would show."""
        process = self.process
        process.record_resend()
        _tell_unsent(self.request, process.send)
        process.persist()
        return HttpResponseRedirect(self.passthrough_next_url(reverse("account_verify_phone")))


def _tell_unsent(request, send):
    try:
        send()
    except NotSent as reason:
        messages.error(request, str(reason))
    except RateLimited:
        messages.error(request, get_adapter().error_messages["rate_limited"])


@login_not_required
@never_cache
def verify_phone(request):
    """Take the code, of who registers or of who changes their number."""
    if request.user.is_authenticated:
        return allauth_views._VerifyPhoneChangeView.as_view()(request)
    return VerifyNewPhoneView.as_view()(request)


@method_decorator(reauthentication_required(app="allauth.account"), name="dispatch")
@method_decorator(never_cache, name="dispatch")
class ChangePhoneView(SendsMessage, allauth_views.ChangePhoneView):
    """The password is asked before the form, not after it: whoever finds a telephone unlocked does not get in here."""


class ResetPasswordView(SendsMessage, allauth_views.PasswordResetView):
    pass

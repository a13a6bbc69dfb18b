"""Public verification: what a certificate's code, or its number with the holder's name, says today."""

from functools import wraps

from django import forms
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from core.addresses import address_of_request
from core.limits import WINDOW_S, take
from exams.queries.certificates import normal_code, verification, verifications_of

LOOKUPS_PER_MINUTE = 20
TYPED = {"autocomplete": "off", "spellcheck": "false"}


class CodeForm(forms.Form):
    """The code below the QR code, typed in any case, with or without its dashes."""

    code = forms.CharField(label=_("Verification code"), max_length=40, widget=forms.TextInput(TYPED))

    def clean_code(self) -> str:
        code = normal_code(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(_("A verification code has twelve letters and digits."))
        return code


class NumberForm(forms.Form):
    """What is printed on the certificate itself."""

    number = forms.CharField(label=_("Certificate number"), max_length=40, widget=forms.TextInput(TYPED))
    name = forms.CharField(label=_("Name of the holder"), max_length=80, widget=forms.TextInput(TYPED))


def unlisted(view):
    """Keep the page out of caches and search engines."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


def _too_many(request) -> bool:
    """Count a look-up, and say whether this minute has had enough of them."""
    client = address_of_request(request)
    return not take(what="verify", client=client, limit=LOOKUPS_PER_MINUTE, now=request.now)


def _wait(request):
    response = render(request, "exams/verify_wait.html", status=429)
    response["Retry-After"] = str(WINDOW_S)
    return response


def _result(request, found: list):
    context = {"found": found, "checked_at": request.now}
    return render(request, "exams/verify_result.html", context, status=200 if found else 404)


def _form(request, *, code: CodeForm, number: NumberForm, status: int = 200):
    return render(request, "exams/verify.html", {"code_form": code, "number_form": number}, status=status)


@unlisted
@require_http_methods(["GET", "HEAD", "POST"])
def search(request):
    """The form. A code leads to its page; number and name are posted, so that they stay out of addresses and logs."""
    if request.method == "POST":
        return _by_number(request)
    if "code" not in request.GET:
        return _form(request, code=CodeForm(), number=NumberForm())
    form = CodeForm(request.GET)
    if form.is_valid():
        return redirect("verify:show", form.cleaned_data["code"])
    return _form(request, code=form, number=NumberForm(), status=400)


def _by_number(request):
    form = NumberForm(request.POST)
    if not form.is_valid():
        return _form(request, code=CodeForm(), number=form, status=400)
    if _too_many(request):
        return _wait(request)
    return _result(request, verifications_of(**form.cleaned_data, day=timezone.localdate(request.now)))


@unlisted
@require_safe
def show(request, code: str):
    """What the certificate of this code says today."""
    if _too_many(request):
        return _wait(request)
    found = verification(code, day=timezone.localdate(request.now))
    return _result(request, [found] if found else [])

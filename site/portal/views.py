"""My page, the site map, and the switches every page carries: care mode, language, report an error."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.models import Page

from cms.actions import report_error
from cms.context import CARE_COOKIE
from cms.forms import ErrorReportForm
from exams.queries.attempts import admissions_of, certificates_of
from training.queries import my_courses

YEAR = 365 * 24 * 3600


@login_required
@never_cache
@require_GET
def my(request):
    """What this person has to do and has achieved."""
    context = {"staff": request.user.has_perm("wagtailadmin.access_admin"), "now": request.now}
    if request.person:
        context |= {
            "courses": my_courses(request.person),
            "admissions": admissions_of(request.person),
            "certificates": certificates_of(request.person),
        }
    return render(request, "portal/my.html", context)


def _back(request):
    target = request.GET.get("next", "/")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return redirect(target if safe else "/")


@never_cache
@require_GET
def care(request):
    """Switch the care mode (长辈版) on or off and return to the page."""
    response = _back(request)
    if request.COOKIES.get(CARE_COOKIE) == "1":
        response.delete_cookie(CARE_COOKIE, samesite="Lax")
    else:
        response.set_cookie(CARE_COOKIE, "1", max_age=YEAR, samesite="Lax")
    return response


@never_cache
@require_GET
def language(request, code: str):
    """Choose the language of the interface and return to the page."""
    if code not in dict(settings.LANGUAGES) or not check_for_language(code):
        raise Http404
    response = _back(request)
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, max_age=YEAR, samesite="Lax")
    return response


@require_GET
def site_map(request):
    """Every public page in the order of the tree (two queries)."""
    pages = Page.objects.live().public().filter(depth__gt=1).order_by("path")
    return render(request, "portal/site_map.html", {"pages": pages})


@never_cache
@require_http_methods(["GET", "POST"])
def report(request):
    """Take a visitor's report of an error."""
    form = ErrorReportForm(request.POST or None, initial={"path": request.GET.get("page", "/")})
    sent = request.method == "POST" and form.is_valid()
    if sent:
        report_error(**form.cleaned_data, now=request.now)
    return render(request, "portal/report_error.html", {"form": form, "sent": sent})

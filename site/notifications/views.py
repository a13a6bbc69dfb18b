"""The inbox, and how its owner wants to be told. Everybody sees and changes only their own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from . import kinds
from .actions import inbox, preferences
from .forms import QuietForm, WishesForm
from .models import Notice, QuietHours
from .queries.addresses import addresses_of
from .queries.inbox import inbox_of
from .queries.preferences import matrix
from .rules.links import is_local

PAGE_SIZE = 20


@login_required
@never_cache
@require_GET
def index(request):
    """My notices, unread ones first."""
    page = Paginator(inbox_of(request.user), PAGE_SIZE).get_page(request.GET.get("p"))
    for notice in page:
        notice.title = kinds.title_of(notice.kind)
    return render(request, "notices/inbox.html", {"page_obj": page})


@login_required
@require_POST
def read(request, notice_id: int):
    """Mark one of my notices as read and stay in the inbox."""
    _read(request, notice_id)
    return _inbox(request)


@login_required
@require_POST
def open_notice(request, notice_id: int):
    """Mark one of my notices as read and go where it leads, on this site only."""
    notice = _read(request, notice_id)
    return redirect(notice.link) if is_local(notice.link) else _inbox(request)


@login_required
@require_POST
def read_all(request):
    """Mark all of my notices as read."""
    inbox.mark_all_read(by=request.user, now=request.now)
    return _inbox(request)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def choose(request):
    """Which notices I get by which way."""
    form = WishesForm(request.POST or None, rows=matrix(request.user))
    if request.method == "POST" and form.is_valid():
        preferences.choose(wanted=form.wanted(), by=request.user)
        messages.success(request, _("Saved."))
        return redirect("notices:preferences")
    return _preferences(request, wishes=form)


@login_required
@never_cache
@require_POST
def quiet(request):
    """When I am not to be disturbed."""
    form = QuietForm(request.POST)
    if not form.is_valid():
        return _preferences(request, quiet=form, status=400)
    preferences.keep_quiet(**form.cleaned_data, by=request.user)
    messages.success(request, _("Saved."))
    return redirect("notices:preferences")


def _preferences(request, *, wishes=None, quiet=None, status=200):
    hours = QuietHours.objects.filter(user=request.user).values("begins", "ends").first()
    context = {
        "wishes": wishes or WishesForm(rows=matrix(request.user)),
        "quiet": quiet or QuietForm(initial=hours),
        "addresses": addresses_of(request.user),
    }
    return render(request, "notices/preferences.html", context, status=status)


def _read(request, notice_id: int) -> Notice:
    try:
        return inbox.mark_read(notice_id=notice_id, by=request.user, now=request.now)
    except Notice.DoesNotExist as missing:
        raise Http404 from missing


def _inbox(request):
    page = request.POST.get("p", "")
    address = reverse("notices:inbox")
    return redirect(f"{address}?p={page}" if page.isdecimal() else address)

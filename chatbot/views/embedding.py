"""The chat on other houses' websites: the script that they name, and the page that it frames."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from chatbot.models import ChatSettings

from .asking import look

SCRIPT = "dist/widget.js"
SELF = "'self'"


@never_cache
@xframe_options_exempt
@require_safe
def embed(request):
    """The chat alone; only the websites that the house allows may frame it, whatever else sends its address."""
    response = render(request, "chatbot/embed.html", look(request))
    response._csp_replace = {"frame-ancestors": [SELF, *ChatSettings.load().origins]}  # as django-csp's decorators do
    return response


@cache_control(public=True, max_age=600)
@require_safe
def script(request):
    """The one script that a website names; its address stays, whatever the build calls the file."""
    response = HttpResponse(_built().read_bytes(), "text/javascript; charset=utf-8")
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _built() -> Path:
    found = finders.find(SCRIPT)
    return Path(found or staticfiles_storage.path(SCRIPT))

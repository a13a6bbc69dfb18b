"""Files from media, served by the application where no other server does."""

import posixpath

from django.conf import settings
from django.http import Http404
from django.views.static import serve

# These leave only through views that check who asks.
PRIVATE = ("applications/", "certificates/", "documents/", "photos/", "imports/", "questions/", "practicals/")


def media(request, path: str):
    """Serve a public media file, or 404."""
    plain = posixpath.normpath("/" + path).lstrip("/")  # //certificates/… and ./certificates/… are the same file
    if plain.startswith(PRIVATE):
        raise Http404
    response = serve(request, plain, document_root=settings.MEDIA_ROOT)
    response["Cache-Control"] = "public, max-age=86400"
    response["X-Content-Type-Options"] = "nosniff"
    return response

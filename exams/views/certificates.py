"""A holder's own certificate: its page, its PDF, its picture."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.decorators import person_required
from exams.models import Certificate
from exams.queries.certificate_acts import reviews_on
from exams.queries.certificates import certificate_of, grouped_code
from exams.queries.renewals import window_of

private = cache_control(private=True, no_store=True)


def own(request, code: str) -> Certificate:
    """Return the certificate of that code if it is the reader's own; of others there is none."""
    certificate = certificate_of(request.person, code)
    if certificate is None:
        raise Http404
    return certificate


@private
@require_safe
@person_required
def show(request, code: str):
    """The certificate as a picture to keep and a PDF to download; until a worker has made them, a page that waits."""
    certificate, day = own(request, code), timezone.localdate(request.now)
    context = {
        "certificate": certificate,
        "code": grouped_code(certificate.code),
        "ready": bool(certificate.pdf and certificate.png),
        "status": certificate.status_on(day),
        "window": window_of(certificate, day=day),
        "reviews": reviews_on(certificate, day=day),
        "events": certificate.events.all(),
        "today": day,
    }
    return render(request, "exams/certificate.html", context)


@private
@require_safe
@person_required
def pdf(request, code: str):
    """The signed PDF, as a download."""
    certificate = own(request, code)
    return _file(certificate.pdf, as_attachment=True, filename=f"{certificate.code}.pdf")


@private
@require_safe
@person_required
def png(request, code: str):
    """The picture, for the page and a long press."""
    certificate = own(request, code)
    return _file(certificate.png, filename=f"{certificate.code}.png")


def _file(file: FieldFile, **options) -> FileResponse:
    if not file:
        raise Http404
    response = FileResponse(file.open("rb"), **options)
    response["X-Content-Type-Options"] = "nosniff"
    return response

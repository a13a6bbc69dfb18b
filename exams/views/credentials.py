"""Machine-readable certificates: the issuer's keys, the status lists, and a holder's own credential."""

import re

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.decorators import person_required
from exams.actions.credentials import give_place
from exams.credentials import badge, issuer, status
from exams.queries.certificates import issuing_body
from exams.queries.credentials import set_bits

from .certificates import own, private

LIST = re.compile(r"(revocation|suspension)-([1-9]\d{0,5})")
public = cache_control(public=True, max_age=300)


def _for_everybody(response: HttpResponse) -> HttpResponse:
    """Let pages of others read it: it is public, and verifiers run in browsers too."""
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@public
@require_safe
def did_document(request):
    """The identity did:web of the site: which keys sign for it."""
    return _for_everybody(JsonResponse(issuer.did_document()))


@public
@require_safe
def jwks(request):
    """The same keys as a JWK set."""
    return _for_everybody(JsonResponse(issuer.jwks()))


@public
@require_safe
def status_list(request, name: str):
    """One status list, signed; asking for it tells nobody whose certificate is being looked at."""
    parts = LIST.fullmatch(name)
    ones = set_bits(purpose=parts[1], number=int(parts[2])) if parts else None
    if ones is None:
        raise Http404
    text = status.list_token(purpose=parts[1], number=int(parts[2]), ones=ones, now=request.now)
    return _for_everybody(HttpResponse(text, issuer.MEDIA_TYPE))


@private
@require_safe
@person_required
def download(request, code: str, kind: str):
    """The holder's credential, as a JWT or in a JSON envelope."""
    certificate = own(request, code)
    if not certificate.is_ours:
        raise Http404
    token = badge.token(certificate, place=give_place(certificate), issued_by=issuing_body())
    if kind == "jwt":
        response = HttpResponse(token, issuer.MEDIA_TYPE)
    else:
        response = JsonResponse(issuer.enveloped(token), content_type="application/vc")
    response["Content-Disposition"] = f'attachment; filename="{certificate.code}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response

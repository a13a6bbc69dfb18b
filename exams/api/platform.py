"""What a province's or the country's platform reads and sends, with a key: /api/v1/platform/…"""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.responses import Status

from clients.calling import KeyAuth, answered_once
from clients.enums import NEEDED_SCOPE, Scope
from clients.problems import Problem, ProblemOut
from exams.actions.applications import receiving
from exams.enums import ApplicationStatus
from exams.models import Application, Operation
from exams.queries import applications as reading
from exams.queries import exchanged
from exams.queries.certificates import normal_code

from . import schemas as s
from .candidate import operation_of
from .refusals import refusals
from .urls_of import verification_url

router = Router(tags=["platform"])
REFUSED = {400: ProblemOut, 401: ProblemOut, 403: ProblemOut, 404: ProblemOut, 409: ProblemOut}
REFUSED |= {422: ProblemOut, 429: ProblemOut}
LIMIT = Query(100, ge=1, le=500)


@router.get("/operations", auth=KeyAuth(), response={200: list[s.OperationOut], **REFUSED})
def operations(request):
    """List the operations that lead to a certificate."""
    rows = Operation.objects.filter(category__certifies=True).select_related("category")
    return [s.OperationOut.of(row) for row in rows]


@router.get("/applications", auth=KeyAuth(Scope.APPLICATIONS_READ), response={200: s.ApplicationPage, **REFUSED})
def applications(request, after: str = "", status: ApplicationStatus | None = None, limit: int = LIMIT):
    """List applications that were handed in, by their last step; one that moves on comes again."""
    part = _after(request, exchanged.applications(status=status or ""), after, limit)
    whole = _whole(request)
    items = [
        s.SentApplicationOut(application=s.ApplicationOut.of(row), person=s.PersonOut.of(row.person, whole=whole))
        for row in part.rows
    ]
    return s.ApplicationPage(items=items, next=part.next, more=part.more)


@router.get(
    "/applications/{int:pk}", auth=KeyAuth(Scope.APPLICATIONS_READ), response={200: s.SentApplicationOut, **REFUSED}
)
def application(request, pk: int):
    """Return one application, also one that its candidate has not handed in yet, with what is still wanted."""
    row = (
        Application.objects.select_related(
            "person", "rule__scheme", "rule__operation__category", "rule__operation__course"
        )
        .prefetch_related("documents")
        .filter(pk=pk)
        .first()
    )
    if row is None:
        raise Problem(404, "not_found", _("There is no such application."))
    return _sent(request, row)


@router.post(
    "/applications",
    auth=KeyAuth(Scope.APPLICATIONS_WRITE),
    response={200: s.SentApplicationOut, 201: s.SentApplicationOut, **REFUSED},
)
def receive(request, body: s.SentApplicationIn, response: HttpResponse):
    """Send an application that was collected elsewhere: 201 where it is new. Takes an ``Idempotency-Key``.

    It is a draft: its candidate declares their health, adds documents and hands it in on this site.
    """

    def perform():
        operation = operation_of(body.operation)
        told = body.model_dump() | {"operation": operation, "education": body.education or ""}
        with refusals():
            row, new = receiving.receive(**told, client=request.auth.client, by=request.auth, now=request.now)
        row = reading.own(row.person).select_related("rule__operation__course", "rule__scheme").get(pk=row.pk)
        return 201 if new else 200, _sent(request, row)

    return Status(*answered_once(request, response, perform))


@router.get("/results/theory", auth=KeyAuth(Scope.RESULTS_READ), response={200: s.TheoryPage, **REFUSED})
def theory(request, after: str = "", limit: int = LIMIT):
    """List released theory results, by the moment they became visible; one that was regraded comes again."""
    part = _after(request, exchanged.theory_results(), after, limit)
    whole = _whole(request)
    items = []
    for row in part.rows:
        sitting = row.attempt.admission.sitting
        told = s.TheoryOut.of(row, sitting.rule.operation).model_dump()
        person = s.PersonOut.of(row.attempt.person, whole=whole)
        items.append(s.SentTheoryOut(**told, sitting=sitting.pk, person=person))
    return s.TheoryPage(items=items, next=part.next, more=part.more)


@router.get("/results/practical", auth=KeyAuth(Scope.RESULTS_READ), response={200: s.PracticalPage, **REFUSED})
def practical(request, after: str = "", limit: int = LIMIT):
    """List released outcomes of practical exams, by the moment they became visible."""
    part = _after(request, exchanged.practical_results(), after, limit)
    items = [s.PracticalOut.of(row, whole=_whole(request)) for row in part.rows]
    return s.PracticalPage(items=items, next=part.next, more=part.more)


@router.get("/certificates", auth=KeyAuth(Scope.CERTIFICATES_READ), response={200: s.CertificatePage, **REFUSED})
def certificates(request, after: str = "", limit: int = LIMIT):
    """List certificates of this house, by their last change; one that is suspended or revoked comes again."""
    part = _after(request, exchanged.certificates(), after, limit)
    items = [_certificate(request, row) for row in part.rows]
    return s.CertificatePage(items=items, next=part.next, more=part.more)


@router.get(
    "/certificates/{code}", auth=KeyAuth(Scope.CERTIFICATES_READ), response={200: s.SentCertificateOut, **REFUSED}
)
def certificate(request, code: str):
    """Return one certificate by its verification code."""
    row = exchanged.certificates().filter(code=normal_code(code)).first()
    if row is None:
        raise Problem(404, "not_found", _("There is no such certificate."))
    return _certificate(request, row)


@router.get("/events", auth=KeyAuth(), response={200: s.HappeningPage, **REFUSED})
def events(request, after: str = "", limit: int = LIMIT):
    """List what webhooks tell of, for whoever missed it; of what the key may not read nothing comes."""
    kinds = [kind for kind, scope in NEEDED_SCOPE.items() if scope in request.auth.scopes]
    part = _after(request, exchanged.happenings(kinds), after, limit)
    items = [s.HappeningOut(id=str(row), type=row.kind, timestamp=row.at, data=row.data) for row in part.rows]
    return s.HappeningPage(items=items, next=part.next, more=part.more)


def _after(request, rows, cursor: str, limit: int) -> exchanged.Slice:
    try:
        return exchanged.after(rows, cursor, limit=limit, now=request.now)
    except exchanged.BadCursor as error:
        raise Problem(400, "bad_cursor", _("No page gave this cursor.")) from error


def _whole(request) -> bool:
    return Scope.IDENTITY_READ in request.auth.scopes


def _sent(request, row: Application) -> s.SentApplicationOut:
    progress = reading.progress(row, day=timezone.localdate(request.now)) if row.is_editable else None
    person = s.PersonOut.of(row.person, whole=_whole(request))
    return s.SentApplicationOut(application=s.ApplicationOut.of(row, progress), person=person)


def _certificate(request, row) -> s.SentCertificateOut:
    whole, day = _whole(request), timezone.localdate(request.now)
    told = s.CertificateOut.of(row, day=day, whole=whole, url=verification_url(row)).model_dump()
    return s.SentCertificateOut(**told, person=s.PersonOut.of(row.person, whole=whole))

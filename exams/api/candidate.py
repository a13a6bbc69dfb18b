"""A candidate's own affairs, for a program in which they are logged in: /api/v1/exams/me/…"""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status

from accounts.models import Organisation
from clients.calling import PersonAuth, answered_once
from clients.problems import Problem, ProblemOut
from exams.actions import booking
from exams.actions.applications import filling
from exams.models import Admission, Application, Operation
from exams.queries import applications as reading
from exams.queries.attempts import admissions_of, certificates_of
from exams.queries.scheduling import bookable

from . import schemas as s
from .refusals import refusals
from .urls_of import verification_url

router = Router(tags=["candidate"], auth=PersonAuth())
REFUSED = {400: ProblemOut, 401: ProblemOut, 403: ProblemOut, 404: ProblemOut, 409: ProblemOut, 422: ProblemOut}


@router.get("/applications", response={200: list[s.ApplicationOut], **REFUSED})
def applications(request):
    """List one's applications, the newest first."""
    rows = reading.applications_of(request.auth).select_related("rule__operation__category")
    return [s.ApplicationOut.of(row) for row in rows]


@router.post("/applications", response={200: s.ApplicationOut, **REFUSED})
def begin(request, body: s.ApplicationIn, response: HttpResponse):
    """Begin an application, or go on with the one there is. Takes an ``Idempotency-Key``."""

    def perform():
        operation = operation_of(body.operation)
        with refusals():
            begun = filling.begin(operation=operation, person=request.auth, by=request.user, now=request.now)
        return 200, _told(request, begun.pk)

    return Status(*answered_once(request, response, perform))


@router.get("/applications/{int:pk}", response={200: s.ApplicationOut, **REFUSED})
def application(request, pk: int):
    """Return one application with what is still wanted."""
    return _told(request, pk)


@router.put("/applications/{int:pk}", response={200: s.ApplicationOut, **REFUSED})
def describe(request, pk: int, body: s.DescriptionIn):
    """Say what schooling, post and training one has."""
    school = None
    if body.training_organisation is not None:
        school = Organisation.objects.filter(pk=body.training_organisation).first()
        if school is None:
            raise Problem(404, "not_found", _("There is no such organisation."))
    told = body.model_dump() | {"training_organisation": school}
    with refusals():
        filling.describe(application_id=pk, **told, by=request.user, now=request.now)
    return _told(request, pk)


@router.post("/applications/{int:pk}/submit", response={200: s.ApplicationOut, **REFUSED})
def submit(request, pk: int, response: HttpResponse):
    """Hand an application in; documents and the declaration are given on the site. Takes an ``Idempotency-Key``."""

    def perform():
        with refusals():
            filling.submit(application_id=pk, by=request.user, now=request.now)
        return 200, _told(request, pk)

    return Status(*answered_once(request, response, perform))


@router.post("/applications/{int:pk}/withdraw", response={200: s.ApplicationOut, **REFUSED})
def withdraw(request, pk: int):
    """Take an application back."""
    with refusals():
        withdrawn = filling.withdraw(application_id=pk, by=request.user, now=request.now)
    return s.ApplicationOut.of(withdrawn)


@router.get("/applications/{int:pk}/sittings", response={200: list[s.SittingOut], **REFUSED})
def sittings(request, pk: int):
    """List the sittings in which a seat can be booked."""
    own = _own(request, pk)
    return [
        s.SittingOut(
            id=row.pk,
            point=row.room.point.name,
            address=row.room.point.address,
            room=row.room.name,
            opens_at=row.opens_at,
            closes_at=row.closes_at,
            free=max(row.free, 0),
        )
        for row in bookable(own, request.now)
    ]


@router.post("/applications/{int:pk}/seat", response={200: s.SeatOut, **REFUSED})
def book(request, pk: int, body: s.SeatIn, response: HttpResponse):
    """Book a seat, or move to another sitting. Takes an ``Idempotency-Key``."""

    def perform():
        _own(request, pk)
        with refusals():
            held = booking.book(application_id=pk, sitting_id=body.sitting, by=request.user, now=request.now)
        admission = Admission.objects.select_related("sitting__room__point").get(pk=held.pk)
        return 200, s.SeatOut.of(admission)

    return Status(*answered_once(request, response, perform))


@router.delete("/applications/{int:pk}/seat", response={200: s.ApplicationOut, **REFUSED})
def give_back(request, pk: int):
    """Give one's seat back while booking is open."""
    _own(request, pk)
    with refusals():
        booking.give_back(application_id=pk, by=request.user, now=request.now)
    return _told(request, pk)


@router.get("/results", response={200: list[s.TheoryOut], **REFUSED})
def results(request):
    """List one's theory results that are released, the newest first."""
    seats = admissions_of(request.auth).select_related("sitting__rule__operation__category", "attempt")
    shown = [seat for seat in seats if seat.sitting.shows_results and seat.attempt.results.all()]
    return [s.TheoryOut.of(seat.attempt.results.all()[0], seat.sitting.rule.operation) for seat in shown]


@router.get("/certificates", response={200: list[s.CertificateOut], **REFUSED})
def certificates(request):
    """List one's certificates."""
    day = timezone.localdate(request.now)
    rows = certificates_of(request.auth).select_related("rule__operation__category", "rule__scheme", "person")
    return [s.CertificateOut.of(row, day=day, whole=True, url=verification_url(row)) for row in rows]


def operation_of(code: str) -> Operation:
    """Return the operation of that code.

    :raises Problem: 404, there is none that leads to a certificate.
    """
    if len(code) == 4 and code.isascii() and code.isdigit():
        found = Operation.objects.filter(
            category__number=int(code[:2]), number=int(code[2:]), category__certifies=True
        ).select_related("category")
        if operation := found.first():
            return operation
    raise Problem(404, "not_found", _("There is no such operation."))


def _own(request, pk: int) -> Application:
    found = reading.own(request.auth).filter(pk=pk).first()
    if found is None:
        raise Problem(404, "not_found", _("There is no such application of yours."))
    return found


def _told(request, pk: int) -> s.ApplicationOut:
    own = _own(request, pk)
    progress = reading.progress(own, day=timezone.localdate(request.now)) if own.is_editable else None
    return s.ApplicationOut.of(own, progress)

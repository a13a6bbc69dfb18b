"""What the API takes and gives; times are ISO 8601 with zone, days ISO dates, marks decimals as text."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from ninja import Field, Schema

from accounts.enums import IdKind
from accounts.models import Person
from exams.enums import ApplicationKind, ApplicationStatus, CertificateStatus, Education, Post
from exams.models import Admission, Application, Certificate, Operation, Result
from exams.models.practicals import Practical
from exams.queries.applications import Progress


class OperationOut(Schema):
    """准操项目; ``code`` is what requests name it by: category and place, as ``0102``."""

    code: str
    category: str
    name: str

    @classmethod
    def of(cls, operation: Operation) -> "OperationOut":
        return cls(code=operation.digits, category=operation.category.name, name=operation.name)


class ApplicationIn(Schema):
    """Begin an application."""

    operation: str = Field(description="code of the operation, as 0102")


class DescriptionIn(Schema):
    """What the candidate says of schooling, post and training."""

    education: Education
    post: Post = Post.WORKER
    training_organisation: int | None = None
    claims_waiver: bool = False


class ApplicationOut(Schema):
    """报名; ``open`` says in words what is still wanted, ``missing`` which kinds of documents."""

    id: int
    operation: OperationOut
    kind: ApplicationKind
    status: ApplicationStatus
    created_at: datetime
    submitted_at: datetime | None
    decided_at: datetime | None
    reason: str
    open: list[str] = []
    missing: list[str] = []

    @classmethod
    def of(cls, application: Application, progress: Progress | None = None) -> "ApplicationOut":
        names = ("id", "kind", "status", "created_at", "submitted_at", "decided_at", "reason")
        wanted = {}
        if progress:
            wanted = {"open": [str(one.reason) for one in progress.open_checks], "missing": list(progress.missing)}
        told = {name: getattr(application, name) for name in names}
        return cls(**told, **wanted, operation=OperationOut.of(application.rule.operation))


class PersonOut(Schema):
    """A person; the id number is whole only for keys that may see it."""

    name: str
    id_kind: IdKind
    id_number: str

    @classmethod
    def of(cls, person: Person, *, whole: bool) -> "PersonOut":
        if whole:
            return cls(name=person.name, id_kind=person.id_kind, id_number=person.id_number)
        return cls(name=person.masked_name, id_kind=person.id_kind, id_number=person.masked_id_number)


class SentApplicationIn(Schema):
    """An application that another platform collected; the candidate signs and hands it in here."""

    operation: str
    name: str = Field(max_length=60, min_length=1)
    id_kind: IdKind = IdKind.RESIDENT
    id_number: str = Field(max_length=32, min_length=1)
    education: Education | None = None
    post: Post = Post.WORKER
    claims_waiver: bool = False


class SentApplicationOut(Schema):
    """An application with its candidate, as a platform reads it."""

    application: ApplicationOut
    person: PersonOut


class SittingOut(Schema):
    """考次 with free seats."""

    id: int
    point: str
    address: str
    room: str
    opens_at: datetime
    closes_at: datetime
    free: int


class SeatIn(Schema):
    sitting: int


class SeatOut(Schema):
    """准考: the ticket is the address of the admission ticket."""

    ticket: str
    sitting: int
    point: str
    room: str
    seat: int | None
    opens_at: datetime

    @classmethod
    def of(cls, admission: Admission) -> "SeatOut":
        sitting = admission.sitting
        return cls(
            ticket=admission.ticket,
            sitting=sitting.pk,
            point=sitting.room.point.name,
            room=sitting.room.name,
            seat=admission.shown_seat,
            opens_at=sitting.opens_at,
        )


class TheoryOut(Schema):
    """A theory result that is released; ``number`` counts gradings of the attempt, a regrade adds one."""

    attempt: UUID
    number: int
    operation: OperationOut
    score: Decimal
    full_marks: Decimal
    passed: bool
    graded_at: datetime

    @classmethod
    def of(cls, result: Result, operation: Operation) -> "TheoryOut":
        names = ("number", "score", "full_marks", "passed", "graded_at")
        told = {name: getattr(result, name) for name in names}
        return cls(**told, attempt=result.attempt_id, operation=OperationOut.of(operation))


class SentTheoryOut(TheoryOut):
    """The same with its candidate and sitting."""

    sitting: int
    person: PersonOut


class PracticalOut(Schema):
    """A practical exam's outcome that is released."""

    theory: UUID
    number: int
    operation: OperationOut
    score: int
    veto: bool
    passed: bool
    taken_at: datetime
    person: PersonOut

    @classmethod
    def of(cls, practical: Practical, *, whole: bool) -> "PracticalOut":
        names = ("number", "score", "veto", "passed", "taken_at")
        told = {name: getattr(practical, name) for name in names}
        person = PersonOut.of(practical.person, whole=whole)
        operation = OperationOut.of(practical.rule.operation)
        return cls(**told, theory=practical.theory_id, operation=operation, person=person)


class CertificateOut(Schema):
    """操作证; ``url`` is its public verification page."""

    code: str
    number: str
    operation: OperationOut
    scheme: str
    status: CertificateStatus
    issued_on: date
    valid_until: date
    url: str

    @classmethod
    def of(cls, certificate: Certificate, *, day: date, whole: bool, url: str) -> "CertificateOut":
        return cls(
            code=certificate.code,
            number=certificate.number if whole else certificate.masked_number,
            operation=OperationOut.of(certificate.rule.operation),
            scheme=certificate.rule.scheme.code,
            status=certificate.status_on(day),
            issued_on=certificate.first_day,
            valid_until=certificate.valid_until,
            url=url,
        )


class SentCertificateOut(CertificateOut):
    """The same with its holder."""

    person: PersonOut


class HappeningOut(Schema):
    """What a webhook tells too: ids and states."""

    id: str
    type: str
    timestamp: datetime
    data: dict


class Page(Schema):
    """One page of a list that only grows: ``next`` is the cursor behind it, to be kept; ``more`` says to go on now."""

    next: str
    more: bool


class ApplicationPage(Page):
    items: list[SentApplicationOut]


class TheoryPage(Page):
    items: list[SentTheoryOut]


class PracticalPage(Page):
    items: list[PracticalOut]


class CertificatePage(Page):
    items: list[SentCertificateOut]


class HappeningPage(Page):
    items: list[HappeningOut]

"""Certificates for tests: the rows behind one, a signer of our own, and files as a worker would have written them."""

from datetime import date, timedelta

import pytest

from accounts.models import Person, User
from core.encryption import blind_index
from exams.actions.certificate_files import write_files
from exams.credentials.keys import make_key
from exams.documents.signer import COMMON_NAME, make_signer
from exams.enums import AttemptStatus, ReleasePolicy
from exams.models import (
    Admission,
    Attempt,
    Blueprint,
    Category,
    Certificate,
    ExamPoint,
    Operation,
    OperationRule,
    Paper,
    Practical,
    Result,
    Room,
    Scheme,
    Sitting,
)

PASSPHRASE = "a passphrase for tests only"
BASE_URL = "https://xuexi.example.gov.cn"


@pytest.fixture(scope="session")
def signer_file(tmp_path_factory):
    """A signer for the whole run: making an RSA key takes a second."""
    from django.utils import timezone

    path = tmp_path_factory.mktemp("keys") / "signer.p12"
    make_signer(path=path, passphrase=PASSPHRASE, common_name=COMMON_NAME, now=timezone.now())
    return path


@pytest.fixture(scope="session")
def credential_key_file(tmp_path_factory):
    """A key for credentials for the whole run."""
    path = tmp_path_factory.mktemp("keys") / "credential.pem"
    make_key(path=path, passphrase=PASSPHRASE)
    return path


@pytest.fixture
def credential_key(settings, credential_key_file):
    settings.CREDENTIAL_KEY = credential_key_file
    settings.CREDENTIAL_KEY_PASSPHRASE = PASSPHRASE
    settings.BASE_URL = BASE_URL
    return credential_key_file


@pytest.fixture
def certificate_signer(settings, signer_file, credential_key):
    settings.CERTIFICATE_SIGNER = signer_file
    settings.CERTIFICATE_SIGNER_PASSPHRASE = PASSPHRASE
    settings.BASE_URL = BASE_URL
    return signer_file


@pytest.fixture
def operation_rule(db):
    """Low-voltage work under Order 19."""
    scheme = Scheme.objects.create(
        code="order-19",
        name="特种作业人员安全技术培训考核管理规定（应急管理部令第19号）",
        effective_from=date(2026, 6, 1),
        validity_years=6,
        practical_attempts=5,
        minimum_age=18,
        part_valid_months=12,
        anywhere=True,
        skill_level_waives_training=True,
        source="应急管理部令第19号",
    )
    operation = Operation.objects.create(
        category=Category.objects.create(number=1, name="电工作业"), number=2, name="低压电工作业"
    )
    return OperationRule.objects.create(
        scheme=scheme,
        operation=operation,
        theory_minutes=120,
        theory_pass_mark=80,
        practical_minutes=60,
        practical_pass_mark=80,
        confirmed=False,
        source="应急管理部令第19号",
    )


@pytest.fixture
def make_practical(operation_rule, at):
    """Return a function that passes a person through theory and practical."""
    count = 0

    def make(person: Person) -> Practical:
        nonlocal count
        count += 1
        blueprint = Blueprint.objects.create(operation=operation_rule.operation, name=f"蓝图{count}")
        room = Room.objects.create(
            point=ExamPoint.objects.create(name=f"考试点{count}", address="青岛市"), name="第一考场", seats=30
        )
        sitting = Sitting.objects.create(
            title="低压电工理论考试",
            rule=operation_rule,
            blueprint=blueprint,
            room=room,
            opens_at=at("01:00"),
            closes_at=at("04:00"),
            minutes=120,
            release_policy=ReleasePolicy.AT_ONCE,
        )
        admission = Admission.objects.create(
            sitting=sitting, person=person, seat=1, ticket=f"2026{count:06d}", admitted_at=at("00:30")
        )
        attempt = Attempt.objects.create(
            admission=admission,
            person=person,
            paper=Paper.objects.create(blueprint=blueprint, seed=count, drawn_at=at("00:30")),
            status=AttemptStatus.GRADED,
            started_at=at("01:00"),
            deadline=at("03:00"),
            accepts_until=at("03:00:30"),
            submitted_at=at("02:30"),
            receipt=f"TEST-0000-0000-{count:04d}",
        )
        Result.objects.create(attempt=attempt, number=1, score=90, full_marks=100, passed=True, graded_at=at("02:31"))
        return Practical.objects.create(
            person=person,
            rule=operation_rule,
            theory=attempt,
            number=1,
            examiner=User.objects.get_or_create(username="examiner-of-certificates")[0],
            veto=False,
            score=95,
            passed=True,
            taken_at=at("06:00"),
        )

    return make


@pytest.fixture
def make_certificate(make_practical):
    """Return a function that makes a person's certificate, issued 2026-11-23 and valid for six years."""
    count = 0

    def make(person: Person, **fields) -> Certificate:
        nonlocal count
        count += 1
        practical = make_practical(person)
        number = "T" + person.id_number
        issued_on = fields.pop("issued_on", date(2026, 11, 23))
        return Certificate.objects.create(
            code=fields.pop("code", f"7F3K9MPQ2XY{count}"),
            number=number,
            number_digest=blind_index(number),
            person=person,
            rule=practical.rule,
            theory=practical.theory,
            practical=practical,
            issued_on=issued_on,
            valid_until=fields.pop("valid_until", issued_on.replace(year=issued_on.year + 6) - timedelta(days=1)),
            **fields,
        )

    return make


@pytest.fixture
def written(certificate_signer, settings, tmp_path, at):
    """Return a function that writes a certificate's files as the worker does."""
    settings.MEDIA_ROOT = tmp_path / "media"

    def write(certificate: Certificate) -> Certificate:
        write_files(certificate_id=certificate.pk, now=at("07:00"))
        certificate.refresh_from_db()
        return certificate

    return write

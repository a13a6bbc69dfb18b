"""People who passed both parts and wait for their certificates."""

from datetime import datetime, timedelta
from decimal import Decimal

from accounts.actions import persons, roles
from accounts.enums import Role
from accounts.models import User
from accounts.rules.identity import check_digit
from exams.enums import AttemptStatus, ReleasePolicy
from exams.models import Admission, Attempt, Blueprint, OperationRule, Paper, Practical, Result, Room, Sitting


def people(count: int, *, now: datetime) -> tuple[User, list[int]]:
    """Register ``count`` people with both parts passed; return a certifier and the practicals."""
    rule = OperationRule.objects.select_related("operation", "scheme").get(
        scheme__code="order-19", operation__name="低压电工作业"
    )
    sitting = Sitting.objects.create(
        title="bench",
        rule=rule,
        blueprint=Blueprint.objects.filter(operation=rule.operation).first(),
        room=Room.objects.first(),
        opens_at=now,
        closes_at=now + timedelta(hours=3),
        minutes=120,
        release_policy=ReleasePolicy.AT_ONCE,
    )
    examiner, certifier = (User.objects.create_user(name) for name in ("bench-examiner", "bench-certifier"))
    roles.grant(user=certifier, role=Role.CERTIFIER, by=None, now=now)
    Practical.objects.filter(certificate=None).delete()
    return certifier, [_passed(number, sitting, examiner, now) for number in range(count)]


def _passed(number: int, sitting: Sitting, examiner: User, now: datetime) -> int:
    first17 = f"3702821990{number // 100 % 12 + 1:02d}{number % 28 + 1:02d}{number // 28 % 900 + 100:03d}"
    user = User.objects.create_user(username=f"bench-certificate-{number}")
    name = "王李张刘陈"[number % 5] + "安全生产应急"[number % 6]
    person = persons.register(name=name, id_number=first17 + check_digit(first17), user=user, by=None, now=now)
    admission = Admission.objects.create(
        sitting=sitting, person=person, seat=number + 1, ticket=f"B{number:08d}", admitted_at=now
    )
    theory = Attempt.objects.create(
        admission=admission,
        person=person,
        paper=Paper.objects.create(blueprint=sitting.blueprint, seed=number, drawn_at=now),
        status=AttemptStatus.GRADED,
        started_at=now,
        deadline=now + timedelta(hours=2),
        accepts_until=now + timedelta(hours=2),
        submitted_at=now + timedelta(hours=1),
        receipt=f"BENCH-{number:012d}",
    )
    marks = {"score": Decimal(90), "full_marks": Decimal(100), "passed": True}
    Result.objects.create(attempt=theory, number=1, graded_at=now, **marks)
    practical = Practical.objects.create(
        person=person, rule=sitting.rule, theory=theory, number=1, examiner=examiner, veto=False, score=95, passed=True,
        taken_at=now,
    )  # fmt: skip
    return practical.pk

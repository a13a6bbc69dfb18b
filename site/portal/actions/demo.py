"""People and a sitting to try the platform with: the embedded profile only, passwords made here and told once."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.actions import persons, roles
from accounts.enums import Role
from accounts.models import Person, User
from accounts.rules.identity import check_digit
from exams.actions.admissions import admit
from exams.enums import ReleasePolicy
from exams.models import Blueprint, ExamPoint, Operation, OperationRule, Room, Scheme, Sitting

OPERATION = "低压电工作业"
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
STAFF = (
    ("admin", ()),
    ("editor", (Role.EDITOR, Role.PUBLISHER)),  # a small house: who writes may publish
    ("knowledge", (Role.KNOWLEDGE_EDITOR,)),
    ("expert", (Role.KNOWLEDGE_EXPERT,)),  # and who publishes is a third
    ("officer", (Role.EXAM_OFFICER,)),
    ("examiner", (Role.EXAMINER,)),
    ("examiner2", (Role.EXAMINER,)),  # a practical exam has two
    ("certifier", (Role.CERTIFIER,)),
    ("invigilator", (Role.INVIGILATOR,)),
)
TRAINEE, CANDIDATE = ("trainee", "陈小电", 1), ("candidate", "李会安", 2)  # the second may sit the exam at once
TRAINEES = (TRAINEE, CANDIDATE)


@dataclass(frozen=True)
class Account:
    """A login to try; ``password`` is told once and kept nowhere."""

    role: str
    name: str
    username: str
    password: str


def make_accounts(*, now: datetime) -> list[Account]:
    """Create the demo logins that do not exist yet and return them with their new passwords."""
    with transaction.atomic():
        roles.ensure_roles()
        made = [account for username, held in STAFF if (account := _make_staff(username, held, now))]
        made += [account for trainee in TRAINEES if (account := _make_trainee(*trainee, now))]
    return made


def new_password() -> str:
    """Return a password that can be read out and typed."""
    return "-".join("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(3))


def _make_staff(username: str, held: tuple[Role, ...], now: datetime) -> Account | None:
    if User.objects.filter(username=username).exists():
        return None
    password = new_password()
    make = User.objects.create_user if held else User.objects.create_superuser
    user = make(username=username, password=password)
    for role in held:
        roles.grant(user=user, role=role, by=None, now=now)
    return Account(held[0].value if held else "superuser", username, username, password)


def _make_trainee(username: str, name: str, serial: int, now: datetime) -> Account | None:
    if User.objects.filter(username=username).exists():
        return None
    password = new_password()
    user = User.objects.create_user(username=username, password=password)
    first17 = f"37020219900307{serial:03d}"
    persons.register(name=name, id_number=first17 + check_digit(first17), user=user, by=None, now=now)
    return Account("trainee", name, username, password)


def open_sitting(*, now: datetime) -> Sitting:
    """Return today's demo sitting of the low-voltage theory exam, open for a week; made where none is open."""
    scheme = next(row for row in Scheme.objects.order_by("-effective_from") if row.in_force_on(timezone.localdate(now)))
    rule = OperationRule.objects.get(scheme=scheme, operation=Operation.objects.get(name=OPERATION))
    with transaction.atomic():
        point, _ = ExamPoint.objects.get_or_create(name="市安全生产考试中心", defaults={"address": "以准考证为准"})
        room, _ = Room.objects.get_or_create(point=point, name="一号机房", defaults={"seats": 60})
        sitting = Sitting.objects.filter(room=room, rule=rule, closes_at__gt=now + timedelta(hours=3)).first()
        return sitting or Sitting.objects.create(
            title="低压电工作业理论考试（体验场）",
            rule=rule,
            blueprint=Blueprint.objects.filter(operation=rule.operation).first(),
            room=room,
            opens_at=now,
            closes_at=now + timedelta(days=7),
            minutes=rule.theory_minutes,
            release_policy=ReleasePolicy.AT_ONCE,  # whoever tries the platform sees the result at once
            passcode=f"{secrets.randbelow(10_000):04d}",
        )


def admit_candidate(*, sitting: Sitting, username: str, now: datetime) -> None:
    """Give the demo candidate, whose skill-level certificate waives the training, a seat in the demo sitting."""
    admit(sitting=sitting, person=Person.objects.get(user__username=username), by=None, now=now, waived=True)

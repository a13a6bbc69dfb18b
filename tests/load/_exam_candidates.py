"""Thousands of candidates with papers of their own, stored in bulk."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from accounts.enums import IdKind
from accounts.middleware import SEEN, STARTED
from accounts.models import Person, User
from core.encryption import blind_index
from exams import tokens
from exams.actions import papers
from exams.enums import AttemptStatus
from exams.models import Admission, Attempt, Sitting


def sitting_for(count: int) -> Sitting:
    """Return the demo sitting with room for everybody and no room code."""
    sitting = Sitting.objects.select_related("room", "blueprint").first()
    sitting.room.seats = count
    sitting.room.save()
    Sitting.objects.filter(pk=sitting.pk).update(passcode="", closes_at=timezone.now() + timedelta(hours=8))
    sitting.refresh_from_db()
    return sitting


def make(count: int, *, sitting: Sitting, prefix: str) -> list[Attempt]:
    """Store ``count`` people with login, admission, paper and scheduled attempt."""
    now = timezone.now()
    users = User.objects.bulk_create(User(username=f"{prefix}{number}", password="!") for number in range(count))
    numbers = [f"{prefix}{number:06d}" for number in range(count)]
    people = Person.objects.bulk_create(
        Person(
            user=user,
            name="甲乙",
            id_kind=IdKind.PASSPORT,
            id_number=number,
            id_digest=blind_index(number),
            created_at=now,
        )
        for user, number in zip(users, numbers, strict=True)
    )
    seeds = [secrets.randbelow(2**62) for _ in people]
    sheets = papers.draw_many(blueprint=sitting.blueprint, seeds=seeds, now=now)
    taken = sitting.admissions.count()
    admissions = Admission.objects.bulk_create(
        Admission(sitting=sitting, person=person, seat=taken + place, ticket=f"{prefix}{place:08d}", admitted_at=now)
        for place, person in enumerate(people, 1)
    )
    return Attempt.objects.bulk_create(
        Attempt(admission=admission, person=person, paper=paper)
        for admission, person, paper in zip(admissions, people, sheets, strict=True)
    )


def begin(attempts: list[Attempt], *, minutes: int = 120) -> list[tuple[str, str]]:
    """Put the attempts in progress with a lease each; return (attempt id, token)."""
    now = timezone.now()
    for attempt in attempts:
        attempt.status, attempt.started_at = AttemptStatus.IN_PROGRESS, now
        attempt.deadline = now + timedelta(minutes=minutes)
        attempt.accepts_until = attempt.deadline + timedelta(seconds=30)
        attempt.lease = secrets.token_urlsafe(16)
    Attempt.objects.bulk_update(
        attempts, ["status", "started_at", "deadline", "accepts_until", "lease"], batch_size=500
    )
    return [(str(one.pk), tokens.make(attempt_id=one.pk, lease=one.lease)) for one in attempts]


def session_of(user: User) -> str:
    """Return the cookie header of a session in which ``user`` is logged in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[STARTED] = session[SEEN] = timezone.now().timestamp()  # as logging in leaves them
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"

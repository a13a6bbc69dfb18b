"""A room of six candidates and two invigilators, put into a running platform's database: prints JSON for the test.

Runs as ``python -m tests.e2e.whole_room`` in the platform's own environment.
"""

import json
import os
import sys
from datetime import timedelta

CANDIDATES, QUESTIONS = 6, 100


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")
    django.setup()
    from django.utils import timezone

    now = timezone.now()
    sitting = _sitting(now)
    watchers = [_invigilator(name, sitting, now) for name in ("jian-yi", "jian-er")]
    seats = [_candidate(number, sitting, now) for number in range(1, CANDIDATES + 1)]
    json.dump({"sitting": sitting.pk, "invigilators": watchers, "candidates": seats}, sys.stdout)


def _sitting(now):
    """Return a copy of the demo sitting in which the room starts together and another device wants a release."""
    from exams.enums import Takeover
    from exams.models import Room, Sitting

    sitting = Sitting.objects.select_related("room__point").first()
    room = Room.objects.create(point=sitting.room.point, name="整场考试机房", seats=CANDIDATES)
    sitting.pk, sitting.room, sitting.title, sitting._state.adding = None, room, "整场考试", True
    sitting.passcode, sitting.takeover = "", Takeover.RELEASED
    sitting.needs_check_in = sitting.starts_together = True
    sitting.opens_at, sitting.closes_at = now - timedelta(minutes=1), now + timedelta(hours=4)
    sitting.save()
    return sitting


def _invigilator(username: str, sitting, now) -> dict:
    from accounts.actions import roles
    from accounts.enums import Role
    from accounts.models import User
    from exams.models import SittingDuty

    user = User.objects.create_user(username=username)
    roles.grant(user=user, role=Role.INVIGILATOR, by=None, now=now)
    SittingDuty.objects.create(sitting=sitting, user=user, assigned_at=now)
    return {"session": _session(user)}


def _candidate(number: int, sitting, now) -> dict:
    from accounts.actions import persons
    from accounts.models import User
    from exams.actions.admissions import admit
    from tests.conftest import id_number

    user = User.objects.create_user(username=f"kaosheng-{number}")
    name = f"考生{'甲乙丙丁戊己'[number - 1]}"
    person = persons.register(
        name=name, id_number=id_number(900 + number, born="19900307"), user=user, by=None, now=now
    )
    admission = admit(sitting=sitting, person=person, by=None, now=now, waived=True)
    return {
        "name": name,
        "ticket": admission.ticket,
        "attempt": str(admission.attempt.pk),
        "session": _session(user),
    }


def _session(user) -> str:
    """Return the key of a session in which the user is logged in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


if __name__ == "__main__":
    main()

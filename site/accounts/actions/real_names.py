"""A user registers their real name, corrects it, and the register of identities is asked about it.

State is the queue: a person nobody was asked about is UNCHECKED, and the sweep asks until there is an answer. The
register is never asked inside a transaction: it may be slow, and then nobody else may wait.
"""

import logging
from datetime import datetime

from django.db import transaction

from accounts.enums import IdKind, RealNameState
from accounts.models import Person, PrivacyNotice, User
from accounts.ports import NotNow, RealNameChecker, Unconnected
from accounts.queries.real_names import waiting
from core.nudging import nudge_on_commit

from . import consents, persons

log = logging.getLogger(__name__)
ASKED_AT_ONCE = 200
CHECK = "accounts.tasks.check_real_name"


class HasPerson(Exception):
    """The user is registered with a real name already; staff change it from here on."""


class NotCorrectable(Exception):
    """The register has confirmed the name; only staff, who see the document, change it now."""


def enrol(
    *, user: User, name: str, id_kind: IdKind, id_number: str, notice: PrivacyNotice, address: str, now: datetime
) -> Person:
    """Register the user's real name together with their separate consent to it (PIPL article 29).

    :raises identity.InvalidIdNumber: the number cannot be anyone's.
    :raises persons.PersonExists: it is registered already.
    :raises HasPerson: the user has a person.
    """
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if Person.objects.filter(user=user).exists():
            raise HasPerson
        consents.give(user=user, notice=notice, address=address, by=user, now=now)
        person = persons.register(name=name, id_number=id_number, id_kind=id_kind, user=user, by=user, now=now)
        nudge_on_commit(CHECK, person_id=person.pk)
    return person


def correct_name(*, person: Person, name: str, by: User, now: datetime) -> Person:
    """Replace a mistyped name and have it checked anew.

    :raises NotCorrectable: the register has confirmed the old one.
    """
    with transaction.atomic():
        locked = Person.objects.select_for_update().get(pk=person.pk)
        if locked.real_name == RealNameState.MATCHED:
            raise NotCorrectable
        locked.name, locked.real_name, locked.checked_at = name.strip(), RealNameState.UNCHECKED, None
        locked.save(update_fields=["name", "real_name", "checked_at"])
        nudge_on_commit(CHECK, person_id=locked.pk)
    return locked


def ask(*, person_id: int, checker: RealNameChecker, now: datetime) -> RealNameState | None:
    """Ask the register about one person and store the answer; None where nobody is to be asked about.

    :raises NotNow: it did not answer; the person stays in the queue.
    """
    person = waiting(now=now).filter(pk=person_id).first()
    if person is None or isinstance(checker, Unconnected):
        return None
    return _store(person, checker.check(name=person.name, number=person.id_number), now)


def ask_about_waiting(*, checker: RealNameChecker, now: datetime) -> int:
    """Ask about the next persons in the queue; stop at the first time the register does not answer."""
    if isinstance(checker, Unconnected):
        return 0
    answers = 0
    for person_id in list(waiting(now=now).values_list("pk", flat=True)[:ASKED_AT_ONCE]):
        try:
            answers += ask(person_id=person_id, checker=checker, now=now) is not None
        except NotNow as reason:
            log.info("the register does not answer now: %s", reason)
            break
    return answers


def _store(asked: Person, answer: RealNameState, now: datetime) -> RealNameState | None:
    """Keep the answer, unless name or number were changed while the question was on its way."""
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=asked.pk)
        if (person.name, person.id_digest, person.real_name) != (asked.name, asked.id_digest, asked.real_name):
            return None
        person.real_name, person.checked_at = answer, now
        person.save(update_fields=["real_name", "checked_at"])
    return answer

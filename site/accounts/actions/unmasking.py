"""Note that a manager saw the names of members; nobody's name is shown in full without it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import Membership, Organisation, User
from core.actions.auditing import record
from core.enums import Deed


def names_shown(*, organisation: Organisation, memberships: Sequence[Membership], by: User, now: datetime) -> None:
    """Record that the names of these members were shown."""
    persons = sorted(membership.person_id for membership in memberships)
    with transaction.atomic():
        record(deed=Deed.UNMASKED, target=organisation, after={"names of persons": persons}, by=by, now=now)

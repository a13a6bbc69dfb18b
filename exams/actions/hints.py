"""Look for what is improbable in a sitting, and note that somebody looked at it. Nothing follows by itself."""

from datetime import datetime

from django.db import transaction

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from core.actions.tracking import create_all
from core.nudging import nudge_on_commit
from exams.enums import HintKind
from exams.models import AnomalyHint, Sitting
from exams.queries.hints import rushed, similar

from .releasing import NotAnOfficer


class NeedsNote(Exception):
    """Who looked says what they saw."""


def find(*, sitting_id: int, now: datetime) -> int:
    """Store what is improbable in the sitting; what was found before stays as it is. Return how many are new."""
    found = [
        *((HintKind.SAME_WRONG_ANSWERS, one, other, figures) for one, other, figures in similar(sitting_id)),
        *((HintKind.SPEED, one, None, figures) for one, figures in rushed(sitting_id)),
    ]
    with transaction.atomic():
        Sitting.objects.select_for_update().get(pk=sitting_id)  # two workers at once find the same
        known = set(AnomalyHint.objects.filter(sitting=sitting_id).values_list("kind", "attempt", "other"))
        return len(
            create_all(
                [
                    AnomalyHint(
                        sitting_id=sitting_id, kind=kind, attempt_id=one, other_id=other, figures=figures, found_at=now
                    )
                    for kind, one, other, figures in found
                    if (kind, one, other) not in known
                ]
            )
        )


def ask(*, sitting_id: int) -> None:
    """Let a worker look; what a lost message costs is a second click."""
    nudge_on_commit("exams.tasks.find_hints", sitting_id=sitting_id)


def look_at(*, hint_id: int, note: str, by: User, now: datetime) -> AnomalyHint:
    """Note what an officer saw; a later note replaces it, and the audit trail keeps both.

    :raises NotAnOfficer: ``by`` lacks the role.
    :raises NeedsNote: there is none.
    """
    if not has_role(by, Role.EXAM_OFFICER):
        raise NotAnOfficer
    if not note.strip():
        raise NeedsNote
    with transaction.atomic():
        hint = AnomalyHint.objects.select_for_update().get(pk=hint_id)
        hint.note, hint.looked_at, hint.looked_at_by = note.strip(), now, by
        hint.save(update_fields=["note", "looked_at", "looked_at_by"])
    return hint

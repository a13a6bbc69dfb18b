"""States and kinds of the exam domain; each state machine has its edges beside it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class QuestionKind(TextChoices):
    TRUE_FALSE = "true_false", _("True or false")
    SINGLE_CHOICE = "single_choice", _("Single choice")


class LatePolicy(TextChoices):
    """What ends an attempt that started late in its window."""

    WINDOW_WINS = "window_wins", _("The window's end counts")
    DURATION_WINS = "duration_wins", _("The candidate keeps the full time")


class AttemptStatus(TextChoices):
    SCHEDULED = "scheduled", _("Scheduled")
    IN_PROGRESS = "in_progress", _("In progress")
    SUBMITTED = "submitted", _("Submitted")
    GRADED = "graded", _("Graded")
    VOIDED = "voided", _("Voided")
    ABSENT = "absent", _("Absent")


ATTEMPT_EDGES = {
    AttemptStatus.SCHEDULED: {AttemptStatus.IN_PROGRESS, AttemptStatus.ABSENT, AttemptStatus.VOIDED},
    AttemptStatus.IN_PROGRESS: {AttemptStatus.SUBMITTED, AttemptStatus.VOIDED},
    AttemptStatus.SUBMITTED: {AttemptStatus.GRADED, AttemptStatus.VOIDED},
    AttemptStatus.GRADED: {AttemptStatus.VOIDED},
    AttemptStatus.VOIDED: set(),
    AttemptStatus.ABSENT: set(),
}


class CertificateStatus(TextChoices):
    """What a stranger is told; expiry follows from the date and is never stored."""

    VALID = "valid", _("Valid")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Revoked")

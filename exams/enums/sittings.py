"""What sittings are and allow, the states of an attempt with its edges, and what happens in a room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SittingKind(TextChoices):
    """What a sitting counts for: only a certifying one leads to a certificate."""

    CERTIFYING = "certifying", _("Certifying exam")
    TRAINING = "training", _("Training exam")
    MOCK = "mock", _("Mock exam")


class Takeover(TextChoices):
    """Which page may take over a running attempt."""

    NEWEST = "newest", _("The newest page")
    RELEASED = "released", _("Another device only after the invigilator releases it")


class ReleasePolicy(TextChoices):
    """When candidates see their result."""

    BY_OFFICER = "by_officer", _("When an officer releases it")
    AT_ONCE = "at_once", _("As soon as it is graded")


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


class IncidentKind(TextChoices):
    """What an invigilator notes in the record of the room."""

    LATE = "late", _("Came late")
    IDENTITY = "identity", _("Doubt about the identity")
    CHEATING = "cheating", _("Suspected cheating")
    DEVICE = "device", _("Device failed")
    NETWORK = "network", _("Network or power failed")
    HEALTH = "health", _("Felt unwell")
    OTHER = "other", _("Other")


class IntegrityKind(TextChoices):
    """What a candidate's page noticed; recorded for whoever looks, never punished by itself."""

    FOCUS_LOST = "focus_lost", _("The page lost the focus")
    FULL_SCREEN_LEFT = "full_screen_left", _("The full screen was left")
    SECOND_TAB = "second_tab", _("The exam was opened in a second tab")
    COPY = "copy", _("Text was copied")
    PASTE = "paste", _("Text was pasted")


class Post(TextChoices):
    """The kind of post a woman holds: it decides at what age she retires."""

    WORKER = "worker", _("Worker")
    STAFF = "staff", _("Managerial or technical post")

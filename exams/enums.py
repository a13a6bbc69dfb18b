"""States and kinds of the exam domain; each state machine has its edges beside it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class QuestionKind(TextChoices):
    TRUE_FALSE = "true_false", _("True or false")
    SINGLE_CHOICE = "single_choice", _("Single choice")
    MULTIPLE_CHOICE = "multiple_choice", _("Multiple choice")
    FILL_IN = "fill_in", _("Fill in the blanks")
    ORDERING = "ordering", _("Put in order")
    MATCHING = "matching", _("Match")


class Scoring(TextChoices):
    """How a question with several right parts is marked."""

    ALL_OR_NOTHING = "all_or_nothing", _("All or nothing")
    PARTIAL = "partial", _("A share for each right part; a wrong choice gives nothing")
    WEIGHTED = "weighted", _("By the weights of the options")


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


class GradedFor(TextChoices):
    """Why a result was written; the newest of an attempt counts."""

    SUBMISSION = "submission", _("Handed in")
    REGRADE = "regrade", _("Regrade")
    APPEAL = "appeal", _("Appeal")


class SourceStatus(TextChoices):
    """Whether a law or standard still holds."""

    IN_FORCE = "in_force", _("In force")
    SUPERSEDED = "superseded", _("Superseded")
    REPEALED = "repealed", _("Repealed")


class Education(TextChoices):
    """The schooling an operation asks for."""

    NONE = "none", _("None")
    JUNIOR_SECONDARY = "junior_secondary", _("Junior secondary school")
    SENIOR_SECONDARY = "senior_secondary", _("Senior secondary school")


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


class ExchangeFormat(TextChoices):
    """The files in which questions come and go."""

    XLSX = "xlsx", _("Table (XLSX)")
    CSV = "csv", _("Table (CSV)")
    GIFT = "gift", _("GIFT")
    MOODLE = "moodle", _("Moodle XML")
    AIKEN = "aiken", _("Aiken")
    QTI21 = "qti21", _("QTI 2.1")
    QTI22 = "qti22", _("QTI 2.2")
    QTI30 = "qti30", _("QTI 3.0")


class ItemVerdict(TextChoices):
    """What a reader says of one item of a file."""

    READ = "read", _("Read")
    DOUBTFUL = "doubtful", _("Read, look at it")
    UNREADABLE = "unreadable", _("Cannot be read")
    SKIPPED = "skipped", _("Left out")


class ImportState(TextChoices):
    """How far a file of questions has come."""

    UPLOADED = "uploaded", _("Being read")
    READ = "read", _("Waiting for your decision")
    CONFIRMED = "confirmed", _("Being taken in")
    DONE = "done", _("Taken in")
    FAILED = "failed", _("Cannot be read")
    CANCELLED = "cancelled", _("Dropped")


IMPORT_EDGES = {
    ImportState.UPLOADED: {ImportState.READ, ImportState.FAILED, ImportState.CANCELLED},
    ImportState.READ: {ImportState.CONFIRMED, ImportState.CANCELLED},
    ImportState.CONFIRMED: {ImportState.DONE},
    ImportState.DONE: set(),
    ImportState.FAILED: set(),
    ImportState.CANCELLED: set(),
}


class ItemFate(TextChoices):
    """What becomes of an item in the bank."""

    NEW = "new", _("New question")
    CHANGED = "changed", _("New version of a question")
    SAME = "same", _("In the bank already")
    REPEATED = "repeated", _("Stands in the file before")
    CONFLICT = "conflict", _("Its code belongs to another question")

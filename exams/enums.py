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


class PracticeMode(TextChoices):
    """How questions are chosen while practising."""

    CHAPTER = "chapter", _("By chapter")
    DAILY = "daily", _("Daily practice")
    WRONG = "wrong", _("Wrong-question book")
    FAVOURITES = "favourites", _("Favourites")


class Education(TextChoices):
    """The schooling an operation asks for."""

    NONE = "none", _("No requirement")
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


class PracticalStatus(TextChoices):
    """How far a practical exam is."""

    OPEN = "open", _("Being examined")
    THIRD = "third", _("Waiting for a third examiner")
    DECIDED = "decided", _("Decided")
    CANCELLED = "cancelled", _("Cancelled")


RUNNING_PRACTICALS = (PracticalStatus.OPEN, PracticalStatus.THIRD)
PRACTICAL_EDGES = {
    PracticalStatus.OPEN: {PracticalStatus.THIRD, PracticalStatus.DECIDED, PracticalStatus.CANCELLED},
    PracticalStatus.THIRD: {PracticalStatus.DECIDED},
    PracticalStatus.DECIDED: set(),
    PracticalStatus.CANCELLED: set(),
}


class SignedAs(TextChoices):
    """How an examiner signed a score sheet."""

    DRAWN = "drawn", _("by hand on the screen")
    TYPED = "typed", _("by name, after proving who they are")


class CertificateStatus(TextChoices):
    """What a stranger is told; expiry follows from the date and is never stored."""

    VALID = "valid", _("Valid")
    SUSPENDED = "suspended", _("Suspended")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Revoked")


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
    REPLACED = "replaced", _("Replaced")


class CertificateOrigin(TextChoices):
    """Where a certificate comes from."""

    EXAM = "exam", _("Issued here after theory and practical")
    REPLACEMENT = "replacement", _("Issued here in place of another")
    IMPORTED = "imported", _("Issued before, taken over from a register")


class CertificateEventKind(TextChoices):
    """What happened to a certificate."""

    ISSUED = "issued", _("Certificate issued")
    IMPORTED = "imported", _("Taken over from a register")
    SUSPENDED = "suspended", _("Suspended")
    REINSTATED = "reinstated", _("Reinstated")
    REVOKED = "revoked", _("Revoked")
    REPLACED = "replaced", _("Replaced")
    REVIEWED = "reviewed", _("Review done")


class ProposalState(TextChoices):
    """Where a proposal to take a certificate away stands; only an open one goes on."""

    OPEN = "open", _("waiting for a second person")
    APPROVED = "approved", _("carried out")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("taken back")


class BatchState(TextChoices):
    WAITING = "waiting", _("being issued")
    DONE = "done", _("done")


class BatchLineState(TextChoices):
    WAITING = "waiting", _("waiting")
    ISSUED = "issued", _("Certificate issued")
    REFUSED = "refused", _("left out")


class ImportVerdict(TextChoices):
    """What is to become of a line of an old register."""

    NEW = "new", _("can be taken over")
    DOUBTFUL = "doubtful", _("can be taken over, but look at it")
    KNOWN = "known", _("is in the register already")
    REPEATED = "repeated", _("stands in an earlier line")
    BAD = "bad", _("cannot be taken over")


class ImportMode(TextChoices):
    SURE = "sure", _("only the lines without a doubt")
    ALL_GOOD = "all_good", _("the doubtful lines as well")


class ReviewState(TextChoices):
    """How a review of a certificate stands on a day."""

    DONE = "done", _("done")
    DUE = "due", _("still to be done")
    MISSED = "missed", _("not done in time")
    DROPPED = "dropped", _("no longer asked for")

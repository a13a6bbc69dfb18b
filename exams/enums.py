"""States and kinds of the exam domain; each state machine has its edges beside it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class CertificateStatus(TextChoices):
    """What a stranger is told; expiry follows from the date and is never stored."""

    VALID = "valid", _("Valid")
    SUSPENDED = "suspended", _("Suspended")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Revoked")
    REPLACED = "replaced", _("Replaced")


class PracticeMode(TextChoices):
    """How questions are chosen while practising."""

    CHAPTER = "chapter", _("By chapter")
    DAILY = "daily", _("Daily practice")
    WRONG = "wrong", _("Wrong-question book")
    FAVOURITES = "favourites", _("Favourites")


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


class KeyChangeKind(TextChoices):
    """What is done about a question that turned out wrong after the exam."""

    VOID = "void", _("Void: everybody gets the marks")
    ACCEPT = "accept", _("Accept further answers")
    NEW_KEY = "new_key", _("New key")


class AppealState(TextChoices):
    """An appeal is decided once."""

    OPEN = "open", _("Open")
    UPHELD = "upheld", _("Upheld")
    REJECTED = "rejected", _("Rejected")


class HintKind(TextChoices):
    """What looks improbable in a sitting; never more than a hint."""

    SAME_WRONG_ANSWERS = "same_wrong_answers", _("Many identical wrong answers")
    SPEED = "speed", _("Faster than anybody reads")


class ApplicationKind(TextChoices):
    """What somebody applies for; it follows from the certificates they hold."""

    FIRST = "first", _("First certificate")
    ADDED_OPERATION = "added_operation", _("Another operation")
    RENEWAL = "renewal", _("Renewal")


class ApplicationStatus(TextChoices):
    DRAFT = "draft", pgettext_lazy("application", "Being filled in")
    SUBMITTED = "submitted", pgettext_lazy("application", "Being checked")
    ACCEPTED = "accepted", pgettext_lazy("application", "Accepted: choose a sitting")
    RETURNED = "returned", pgettext_lazy("application", "Returned: something is missing")
    REFUSED = "refused", pgettext_lazy("application", "Refused")
    ADMITTED = "admitted", pgettext_lazy("application", "Has a seat")
    WITHDRAWN = "withdrawn", pgettext_lazy("application", "Withdrawn")


APPLICATION_EDGES = {
    ApplicationStatus.DRAFT: {ApplicationStatus.SUBMITTED, ApplicationStatus.WITHDRAWN},
    ApplicationStatus.SUBMITTED: {
        ApplicationStatus.ACCEPTED,
        ApplicationStatus.RETURNED,
        ApplicationStatus.REFUSED,
        ApplicationStatus.WITHDRAWN,
    },
    ApplicationStatus.RETURNED: {ApplicationStatus.SUBMITTED, ApplicationStatus.WITHDRAWN},
    ApplicationStatus.ACCEPTED: {ApplicationStatus.ADMITTED, ApplicationStatus.WITHDRAWN},
    ApplicationStatus.ADMITTED: {ApplicationStatus.ACCEPTED},  # the seat was given back
    ApplicationStatus.REFUSED: set(),
    ApplicationStatus.WITHDRAWN: set(),
}
OPEN_APPLICATIONS = (
    ApplicationStatus.DRAFT,
    ApplicationStatus.SUBMITTED,
    ApplicationStatus.RETURNED,
    ApplicationStatus.ACCEPTED,
)


class DocumentKind(TextChoices):
    """Papers that come with an application."""

    PHOTO = "photo", _("Photo")
    IDENTITY = "identity", _("Identity document")
    EDUCATION = "education", _("Proof of education")
    TRAINING = "training", _("Record of the training")
    SKILL_CERTIFICATE = "skill_certificate", _("Skill-level certificate")
    HEALTH = "health", _("Medical certificate")


class DocumentVerdict(TextChoices):
    WAITING = "waiting", pgettext_lazy("document", "not yet checked")
    ACCEPTED = "accepted", pgettext_lazy("document", "accepted")
    REJECTED = "rejected", pgettext_lazy("document", "not accepted")


class Post(TextChoices):
    """The kind of post a woman holds: it decides at what age she retires."""

    WORKER = "worker", _("Worker")
    STAFF = "staff", _("Managerial or technical post")


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

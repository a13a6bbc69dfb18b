"""Kinds of questions, how they are marked and practised, and how they come in from files."""

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

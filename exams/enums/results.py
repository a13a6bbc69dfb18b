"""Why a result was written, and how appeals and changes of a key end."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class GradedFor(TextChoices):
    """Why a result was written; the newest of an attempt counts."""

    SUBMISSION = "submission", _("Handed in")
    REGRADE = "regrade", _("Regrade")
    APPEAL = "appeal", _("Appeal")


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

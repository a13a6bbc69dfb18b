"""The states of a practical exam with its edges."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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

"""What a certificate says, where it comes from, and what is done to it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CertificateStatus(TextChoices):
    """What a stranger is told; expiry follows from the date and is never stored."""

    VALID = "valid", _("Valid")
    SUSPENDED = "suspended", _("Suspended")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Revoked")
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

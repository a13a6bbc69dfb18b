"""What an audit entry says was done."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Deed(TextChoices):
    """What was done to the object of an audit entry."""

    CREATED = "created", _("created")
    CHANGED = "changed", _("changed")
    DELETED = "deleted", _("deleted")
    MERGED = "merged", _("merged")
    GRANTED = "granted", _("granted")
    WITHDRAWN = "withdrawn", _("withdrawn")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    UNMASKED = "unmasked", _("unmasked")
    EXPORTED = "exported", _("exported")
    IMPORTED = "imported", _("imported")
    ENTERED = "entered", _("logged in")
    LOCKED_OUT = "locked_out", _("locked out")
    ENDED = "ended", _("ended")
    PURGED = "purged", _("removed after its time")

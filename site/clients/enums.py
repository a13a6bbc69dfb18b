"""What a key may do, what a webhook may tell of, and where a delivery stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Scope(TextChoices):
    """What one key may do; without ``IDENTITY_READ`` id numbers are masked."""

    APPLICATIONS_READ = "applications:read", _("read applications")
    APPLICATIONS_WRITE = "applications:write", _("send applications")
    RESULTS_READ = "results:read", _("read released results")
    CERTIFICATES_READ = "certificates:read", _("read certificates")
    IDENTITY_READ = "identity:read", _("see whole id numbers")
    CHAT_ASK = "chat:ask", _("ask the bot")


class HappeningKind(TextChoices):
    """What happened; the name of a webhook's event."""

    APPLICATION_SUBMITTED = "application.submitted", _("An application was handed in")
    APPLICATION_DECIDED = "application.decided", _("An application was decided")
    RESULTS_RELEASED = "results.released", _("The results of a sitting were released")
    CERTIFICATE_ISSUED = "certificate.issued", _("A certificate was issued")
    CERTIFICATE_SUSPENDED = "certificate.suspended", _("A certificate was suspended")
    CERTIFICATE_REINSTATED = "certificate.reinstated", _("A certificate counts again")
    CERTIFICATE_REVOKED = "certificate.revoked", _("A certificate was revoked")
    CERTIFICATE_REPLACED = "certificate.replaced", _("A certificate was replaced")


NEEDED_SCOPE = {
    "application": Scope.APPLICATIONS_READ,
    "results": Scope.RESULTS_READ,
    "certificate": Scope.CERTIFICATES_READ,
}


class DeliveryState(TextChoices):
    WAITING = "waiting", _("waiting")
    DELIVERED = "delivered", _("delivered")
    FAILED = "failed", _("given up")

"""The states of an application with its edges, and its documents."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Education(TextChoices):
    """The schooling an operation asks for."""

    NONE = "none", _("No requirement")
    JUNIOR_SECONDARY = "junior_secondary", _("Junior secondary school")
    SENIOR_SECONDARY = "senior_secondary", _("Senior secondary school")


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

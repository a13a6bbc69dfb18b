"""Kinds and states of people's affairs, and the roles of the house."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class IdKind(TextChoices):
    RESIDENT = "resident", _("Resident identity card")
    RESIDENCE_PERMIT = "residence_permit", _("Residence permit for Hong Kong, Macau and Taiwan")
    FOREIGN_PERMANENT = "foreign_permanent", _("Foreign permanent resident card")
    PASSPORT = "passport", _("Passport")


class Role(TextChoices):
    """Each is a Django group of this name; author, invigilator, examiner, certifier and auditor are never one role."""

    EDITOR = "editor", _("Editor")
    PUBLISHER = "publisher", _("Publisher")
    KNOWLEDGE_EDITOR = "knowledge_editor", _("Knowledge editor")
    KNOWLEDGE_EXPERT = "knowledge_expert", _("Knowledge expert")
    COURSE_MANAGER = "course_manager", _("Course manager")
    QUESTION_AUTHOR = "question_author", _("Question author")
    EXAM_OFFICER = "exam_officer", _("Exam officer")
    INVIGILATOR = "invigilator", _("Invigilator")
    EXAMINER = "examiner", _("Examiner")
    CERTIFIER = "certifier", _("Certifier")
    ORGANISATION_MANAGER = "organisation_manager", _("Organisation manager")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


# Nobody holds both roles of a pair: who writes does not approve, who examines does not certify, who audits only audits.
NEVER_TOGETHER = frozenset(
    {
        frozenset({Role.QUESTION_AUTHOR, Role.EXAM_OFFICER}),
        frozenset({Role.QUESTION_AUTHOR, Role.INVIGILATOR}),
        frozenset({Role.EXAMINER, Role.CERTIFIER}),
        frozenset({Role.INVIGILATOR, Role.CERTIFIER}),
        *(frozenset({Role.AUDITOR, role}) for role in Role if role != Role.AUDITOR),
    }
)

STAFF_ROLES = frozenset(Role) - {Role.ORGANISATION_MANAGER}  # who works in Wagtail's admin, and needs a second factor


class RealNameState(TextChoices):
    """What the authority's register said about name and number together."""

    UNCHECKED = "unchecked", _("not checked")
    MATCHED = "matched", _("name and number match")
    MISMATCHED = "mismatched", _("name and number do not match")


class OrganisationKind(TextChoices):
    DEPARTMENT = "department", _("Government department")
    ENTERPRISE = "enterprise", _("Enterprise")
    PROPERTY_COMPANY = "property_company", _("Property company")
    SCHOOL = "school", _("School")
    COMMUNITY = "community", _("Village or community")
    RESCUE_TEAM = "rescue_team", _("Rescue team")
    TRAINING_INSTITUTION = "training", _("Training institution")
    EXAM_POINT = "exam_point", _("Exam point")


class InvitedAs(TextChoices):
    MEMBER = "member", _("Member")
    MANAGER = "manager", _("Manager")


class RosterState(TextChoices):
    UPLOADED = "uploaded", _("waiting to be read")
    READ = "read", _("read, waiting for your decision")
    CONFIRMED = "confirmed", _("being taken in")
    DONE = "done", _("done")
    FAILED = "failed", _("could not be read")
    CANCELLED = "cancelled", _("cancelled")


ROSTER_EDGES = {
    RosterState.UPLOADED: {RosterState.READ, RosterState.FAILED, RosterState.CANCELLED},
    RosterState.READ: {RosterState.CONFIRMED, RosterState.CANCELLED},
    RosterState.CONFIRMED: {RosterState.DONE, RosterState.READ},  # back to the decision: a line went bad meanwhile
    RosterState.DONE: set(),
    RosterState.FAILED: set(),
    RosterState.CANCELLED: set(),
}


class RosterMode(TextChoices):
    ALL_OR_NOTHING = "all", _("all lines, or none if one is bad")
    GOOD_LINES = "good", _("the good lines only")


class Verdict(TextChoices):
    NEW = "new", _("new person")
    KNOWN = "known", _("registered already, joins the organisation")
    MEMBER = "member", _("already a member")
    REPEATED = "repeated", _("stands in an earlier line")
    BAD = "bad", _("cannot be taken in")


class Purpose(TextChoices):
    """What personal data is used for; each has its own notice and is agreed to separately (PIPL articles 14, 29)."""

    ACCOUNT = "account", _("Using the platform")
    REAL_NAME = "real_name", _("Real-name registration")
    PHOTO = "photo", _("Photo for admission and certificate")


class ErasureState(TextChoices):
    OPEN = "open", _("waiting")
    DONE = "done", _("carried out")
    REFUSED = "refused", _("refused")
    TAKEN_BACK = "taken_back", _("taken back")

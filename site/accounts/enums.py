"""Kinds of identity document and the roles of the house."""

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
    KNOWLEDGE_EDITOR = "knowledge_editor", _("Knowledge editor")
    QUESTION_AUTHOR = "question_author", _("Question author")
    INVIGILATOR = "invigilator", _("Invigilator")
    EXAMINER = "examiner", _("Examiner")
    CERTIFIER = "certifier", _("Certifier")
    AUDITOR = "auditor", _("Auditor")

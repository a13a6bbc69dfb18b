"""Topics of the knowledge base and what retrieval may decide."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Topic(TextChoices):
    """In the order in which the list page shows them; each is a folder of kb/content."""

    FIRE = "fire", _("Fire")
    GAS = "gas", _("Gas and carbon monoxide")
    ELECTRICITY = "electricity", _("Electricity")
    FIRST_AID = "firstaid", _("First aid")
    WATER = "water", _("Water")
    WEATHER = "weather", _("Severe weather")
    EARTHQUAKE = "earthquake", _("Earthquake")
    TRAFFIC = "traffic", _("Traffic")
    HOME = "home", _("At home")
    CROWD = "crowd", _("Crowds and public places")
    WORK_HEIGHT = "work-height", _("Work at height")
    CONFINED_SPACE = "confined-space", _("Confined spaces")
    HOT_WORK = "hot-work", _("Hot work")
    CHEMICALS = "chemicals", _("Hazardous chemicals")
    CERTIFICATE = "certificate", _("Certificates and exams")
    HOTLINE = "hotline", _("Whom to call")


class Decision(StrEnum):
    """What may be done with what was found: answer from the first hit, offer the first titles, or say so."""

    ANSWER = "answer"
    CHOICE = "choice"
    UNKNOWN = "unknown"

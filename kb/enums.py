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
    GEOLOGY = "geology", _("Landslides and debris flows")
    TRAFFIC = "traffic", _("Traffic")
    HOME = "home", _("At home")
    PREPAREDNESS = "preparedness", _("Being prepared")
    CROWD = "crowd", _("Crowds and public places")
    MACHINERY = "machinery", _("Lifts and machines")
    WORKPLACE = "workplace", _("Safety at work")
    CONSTRUCTION = "construction", _("Construction sites")
    MINES = "mines", _("Mines")
    WORK_HEIGHT = "work-height", _("Work at height")
    CONFINED_SPACE = "confined-space", _("Confined spaces")
    HOT_WORK = "hot-work", _("Hot work")
    CHEMICALS = "chemicals", _("Hazardous chemicals")
    CERTIFICATE = "certificate", _("Certificates and exams")
    RIGHTS = "rights", _("Rights and duties at work")
    PLATFORM = "platform", _("Using this site")
    HOTLINE = "hotline", _("Whom to call")


class Audience(TextChoices):
    """For whom an article is written; most are for everybody."""

    PUBLIC = "public", _("everybody")
    PARENT = "parent", _("parents")
    ELDERLY = "elderly", _("older people")
    WORKER = "worker", _("workers")
    EMPLOYER = "employer", _("employers")
    CANDIDATE = "candidate", _("exam candidates")


class Decision(StrEnum):
    """What may be done with what was found: answer from the first hit, offer the first titles, or say so."""

    ANSWER = "answer"
    CHOICE = "choice"
    UNKNOWN = "unknown"


class RunState(TextChoices):
    """Of an evaluation: waiting → running → done or failed; a worker that died leaves it running, and it runs again."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class PairKind(TextChoices):
    """Why two articles should be looked at side by side."""

    DUPLICATE = "duplicate", _("nearly the same")
    CONTRADICTION = "contradiction", _("different numbers for the same thing")


class ImportState(TextChoices):
    """A file with knowledge on its way to drafts."""

    UPLOADED = "uploaded", _("waiting to be read")
    READ = "read", _("read, waiting for your decision")
    DONE = "done", _("done")
    FAILED = "failed", _("could not be read")
    CANCELLED = "cancelled", _("cancelled")


IMPORT_EDGES = {
    ImportState.UPLOADED: {ImportState.READ, ImportState.FAILED, ImportState.CANCELLED},
    ImportState.READ: {ImportState.DONE, ImportState.CANCELLED},
    ImportState.DONE: set(),
    ImportState.FAILED: set(),
    ImportState.CANCELLED: set(),
}

"""What kind of answer was given, how, what was wrong with it; what a rule decides, where tickets and gaps stand."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AnswerKind(TextChoices):
    ANSWER = "answer", _("Answered")
    DANGER = "danger", _("Someone in danger")
    CHOICE = "choice", _("Choice of articles")
    UNKNOWN = "unknown", _("Not known")
    REFERRAL = "referral", _("Referred to others")
    REFUSED = "refused", _("Refused")


class Channel(TextChoices):
    PAGE = "page", _("Chat page")
    SOCKET = "socket", _("Chat window")
    API = "api", _("API")
    WECHAT = "wechat", _("WeChat")


class Complaint(TextChoices):
    """Why an answer did not help."""

    WRONG = "wrong", _("It is wrong")
    ELSEWHERE = "elsewhere", _("It answers another question")
    UNCLEAR = "unclear", _("Hard to understand")
    INCOMPLETE = "partly", _("Something is missing")
    OTHER = "other", _("Something else")


class Decides(TextChoices):
    """What an editor's rule says of the questions it matches."""

    PRESENT = "present", _("Somebody is in danger now")
    ABSENT = "absent", _("Nobody is in danger now")
    REFUSE = "refuse", _("Not answered")
    REFER = "refer", _("Referred to others")


class TicketState(TextChoices):
    """Of a question for a person."""

    OPEN = "open", _("waiting")
    TAKEN = "taken", _("taken")
    ANSWERED = "answered", _("answered")
    CLOSED = "closed", _("closed")


TICKET_EDGES = {
    TicketState.OPEN: {TicketState.TAKEN, TicketState.CLOSED},
    TicketState.TAKEN: {TicketState.ANSWERED, TicketState.OPEN, TicketState.CLOSED},
    TicketState.ANSWERED: {TicketState.TAKEN, TicketState.OPEN, TicketState.CLOSED},  # the visitor wrote again
    TicketState.CLOSED: set(),
}


class GapState(TextChoices):
    OPEN = "open", _("waiting for an answer")
    DRAFTED = "drafted", _("an article is being written")
    ANSWERED = "answered", _("answered now")
    IGNORED = "ignored", _("left unanswered on purpose")


GAP_EDGES = {
    GapState.OPEN: {GapState.DRAFTED, GapState.ANSWERED, GapState.IGNORED},
    GapState.DRAFTED: {GapState.OPEN, GapState.ANSWERED, GapState.IGNORED},
    GapState.ANSWERED: {GapState.OPEN},  # asked again, and not answered
    GapState.IGNORED: {GapState.OPEN},
}

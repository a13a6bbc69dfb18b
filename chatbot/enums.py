"""What kind of answer was given, through which channel, what was wrong with it, and how far a gap is."""

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

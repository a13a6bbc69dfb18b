"""What kind of answer was given, and through which channel."""

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

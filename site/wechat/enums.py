"""What followers send, and what became of our reply."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MessageKind(TextChoices):
    """WeChat's MsgType."""

    TEXT = "text", _("Text message")
    IMAGE = "image", _("Picture message")
    VOICE = "voice", _("Voice message")
    VIDEO = "video", _("Video message")
    SHORT_VIDEO = "shortvideo", _("Short video message")
    LOCATION = "location", _("Location message")
    LINK = "link", _("Link message")
    EVENT = "event", _("WeChat event")
    OTHER = "other", _("Other message")


class Delivered(TextChoices):
    """How the reply reached the follower."""

    NONE = "none", _("Not delivered")
    PASSIVE = "passive", _("In the reply")
    CUSTOM = "custom", _("As a customer service message")


class Undelivered(TextChoices):
    """Why a reply will never be sent; the chat page still answers the question."""

    WINDOW = "window", _("The reply window has closed")
    QUOTA = "quota", _("No reply is left in the quota")
    REFUSED = "refused", _("WeChat refused the message")
    FAILED = "failed", _("No answer could be found in time")

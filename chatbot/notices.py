"""What people are told of their questions to the desk; question and answer stay behind the login."""

from django.utils.translation import gettext_lazy as _

from core.telling import Channel, Kind

KINDS = (
    Kind(
        name="desk_answered",
        title=_("Answer to your question"),
        subject=_("Your question is answered"),
        body=_("Somebody of the house has answered the question that you left in the chat. Log in to read it."),
        sms=_("Your question is answered. Log in to read it."),
        example={},
        channels=frozenset({Channel.WECHAT}),
    ),
)

"""What people are told of their questions to the desk, and editors of the bot; question and answer stay inside."""

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
    Kind(
        name="weekly_bot_report",
        title=_("Weekly report of the bot"),
        subject=_("What was asked in the week of %(week)s"),
        body=_(
            "In the week of %(week)s the bot was asked %(questions)s questions; it did not know %(unknown)s of them,"
            " and %(not_helped)s answers were found not to help. The report says more."
        ),
        example={"week": "2026-11-16", "questions": "1280", "unknown": "96", "not_helped": "14"},
        channels=frozenset({Channel.EMAIL}),
    ),
)

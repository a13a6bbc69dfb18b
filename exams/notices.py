"""What candidates are told about their exams; scores and numbers stay behind the login."""

from django.utils.translation import gettext_lazy as _

from core.telling import Channel, Kind

ALL = frozenset(Channel)

KINDS = (
    Kind(
        name="result_released",
        title=_("Exam result"),
        subject=_("Your exam result is there"),
        body=_("The result of “%(exam)s” (%(operation)s) is released. Log in to see your score and every question."),
        sms=_("Your exam result is released. Log in to see it."),
        example={"exam": "理论考试", "operation": "低压电工作业"},
        channels=ALL,
    ),
    Kind(
        name="certificate_issued",
        title=_("Certificate issued"),
        subject=_("Your certificate is issued"),
        body=_(
            "Your special-operations certificate for %(operation)s is issued, valid until %(until)s."
            " Log in to show or download it."
        ),
        sms=_("Your special-operations certificate is issued. Log in to see it."),
        example={"operation": "低压电工作业", "until": "2032-11-23"},
        channels=ALL,
    ),
    Kind(
        name="questions_imported",
        title=_("Questions taken in"),
        subject=_("The questions of “%(file)s” are in the bank"),
        body=_(
            "Of %(items)s items in “%(file)s”, %(questions)s became questions or new versions; the bank refused"
            " %(refused)s. An exam officer approves them before they are drawn."
        ),
        example={"file": "题库.xlsx", "items": "500", "questions": "488", "refused": "2"},
        channels=frozenset({Channel.EMAIL}),
    ),
)

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
        name="result_changed",
        title=_("Changed exam result"),
        subject=_("Your exam result has changed"),
        body=_(
            "“%(exam)s” (%(operation)s) was graded again, after a question turned out wrong or an appeal was upheld."
            " Log in to see your score; the one before is kept."
        ),
        sms=_("Your exam was graded again. Log in to see your result."),
        example={"exam": "理论考试", "operation": "低压电工作业"},
        channels=ALL,
    ),
    Kind(
        name="appeal_decided",
        title=_("Answer to an appeal"),
        subject=_("Your appeal is answered"),
        body=_("Your appeal about “%(exam)s” (%(operation)s) is answered. Log in to read it."),
        sms=_("Your exam appeal is answered. Log in to read it."),
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
)

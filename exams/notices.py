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
        name="practical_assigned",
        title=_("Practical exam to hold"),
        subject=_("You are an examiner of a practical exam"),
        body=_("You are called to examine a candidate in %(operation)s. Open your score sheet here."),
        example={"operation": "低压电工作业"},
    ),
    Kind(
        name="practical_released",
        title=_("Result of a practical exam"),
        subject=_("The result of your practical exam is there"),
        body=_("The result of your practical exam in %(operation)s is released. Log in to see your marks."),
        sms=_("The result of your practical exam is released. Log in to see it."),
        example={"operation": "低压电工作业"},
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

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
        name="application_accepted",
        title=_("Application accepted"),
        subject=_("Your application is accepted"),
        body=_("Your application for %(operation)s is accepted. Log in and choose a sitting."),
        sms=_("Your application for an exam is accepted. Log in and choose a sitting."),
        example={"operation": "低压电工作业"},
        channels=ALL,
    ),
    Kind(
        name="application_returned",
        title=_("Application returned"),
        subject=_("Something is missing in your application"),
        body=_("Your application for %(operation)s was returned. Log in to see what is missing, and submit it again."),
        sms=_("Your application for an exam was returned. Log in to see what is missing."),
        example={"operation": "低压电工作业"},
        channels=ALL,
    ),
    Kind(
        name="application_refused",
        title=_("Application refused"),
        subject=_("Your application is refused"),
        body=_("Your application for %(operation)s is refused. Log in to see why."),
        sms=_("Your application for an exam is refused. Log in to see why."),
        example={"operation": "低压电工作业"},
        channels=ALL,
    ),
    Kind(
        name="seat_drawn",
        title=_("Seat drawn"),
        subject=_("Your seat is drawn"),
        body=_("The seats of “%(exam)s”, %(when)s, are drawn. Log in to see yours on your admission ticket."),
        sms=_("The seats of your exam are drawn. Log in to see your admission ticket."),
        example={"exam": "理论考试", "when": "2026-12-01 09:00"},
        channels=ALL,
    ),
)

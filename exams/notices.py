"""What candidates are told about their exams; scores and numbers stay behind the login."""

from django.utils.translation import gettext_lazy as _

from core.telling import Channel, Kind

ALL = frozenset(Channel)

KINDS = (
    Kind(
        name="seat_taken_back",
        title=_("Seat taken back"),
        subject=_("Your seat in an exam was taken back"),
        body=_("Your seat in “%(exam)s” on %(when)s was taken back: %(reason)s. You may book another sitting."),
        sms=_("Your seat in an exam was taken back. Log in to see why."),
        example={"exam": "理论考试", "when": "2026-12-01 09:00", "reason": "考场设备检修"},
        channels=ALL,
    ),
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
    Kind(
        name="certificate_replaced",
        title=_("Certificate replaced"),
        subject=_("You have a new certificate in place of the old one"),
        body=_(
            "A new certificate for %(operation)s takes the place of your old one, with the same dates (valid until"
            " %(until)s). The old one no longer counts. Log in to show or download the new one."
        ),
        sms=_("A new certificate takes the place of your old one. Log in to see it."),
        example={"operation": "低压电工作业", "until": "2032-11-23"},
        channels=ALL,
    ),
    Kind(
        name="certificate_suspended",
        title=_("Certificate suspended"),
        subject=_("Your certificate is suspended"),
        body=_(
            "Your certificate for %(operation)s is suspended: %(reason)s. Until it is reinstated you may not do this"
            " work. If you do not agree, tell the bureau."
        ),
        sms=_("Your special-operations certificate is suspended. Log in to read why."),
        example={"operation": "低压电工作业", "reason": _("the photo is being checked")},
        channels=ALL,
        urgent=True,
        may_switch_off=False,
    ),
    Kind(
        name="certificate_reinstated",
        title=_("Certificate reinstated"),
        subject=_("Your certificate counts again"),
        body=_("Your certificate for %(operation)s counts again, until %(until)s: %(reason)s."),
        sms=_("Your special-operations certificate counts again. Log in to see it."),
        example={"operation": "低压电工作业", "until": "2032-11-23", "reason": _("the photo was checked")},
        channels=ALL,
    ),
    Kind(
        name="certificate_revoked",
        title=_("Certificate revoked"),
        subject=_("Your certificate is revoked"),
        body=_(
            "Your certificate for %(operation)s is revoked: %(reason)s. You may not do this work any more. If you do"
            " not agree, you may ask for a review of the decision."
        ),
        sms=_("Your special-operations certificate is revoked. Log in to read why."),
        example={"operation": "低压电工作业", "reason": _("it was obtained by deceit")},
        channels=ALL,
        urgent=True,
        may_switch_off=False,
    ),
    Kind(
        name="certificate_ending",
        title=_("Certificate ends soon"),
        subject=_("Your certificate ends in %(days)s days"),
        body=_(
            "Your certificate for %(operation)s counts until %(until)s, %(days)s days from now. See on its page when"
            " and how it is renewed."
        ),
        sms=_("Your special-operations certificate ends soon. Log in to see when it is renewed."),
        example={"operation": "低压电工作业", "until": "2032-11-23", "days": "30"},
        channels=ALL,
    ),
    Kind(
        name="certificates_ending",
        title=_("Certificates of your people end soon"),
        subject=_("%(organisation)s: certificates end soon"),
        body=_(
            "At %(organisation)s, certificates that come within 90, 60, 30 or 7 days of their end since the last"
            " notice: %(count)s. The list says whose, and can be downloaded."
        ),
        example={"organisation": "海湾物业", "count": "3"},
        channels=frozenset({Channel.EMAIL, Channel.WECHAT}),
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

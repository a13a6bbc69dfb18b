"""What people are told about their account."""

from django.utils.translation import gettext_lazy as _

from core.telling import Channel, Kind

SAFETY = {"channels": frozenset({Channel.EMAIL, Channel.SMS}), "urgent": True, "may_switch_off": False}

KINDS = (
    Kind(
        name="password_changed",
        title=_("Password changed"),
        subject=_("Your password was changed"),
        body=_(
            "The password of your account %(account)s was changed on %(when)s. If it was not you, reset the password"
            " now and tell the bureau."
        ),
        sms=_("Your password was changed. If it was not you, reset it now and tell the bureau."),
        example={"account": "wangxiaodian", "when": "2026-11-24 09:30"},
        **SAFETY,
    ),
    Kind(
        name="new_device",
        title=_("Login on another device"),
        subject=_("Your account was logged in on another device"),
        body=_(
            "Your account %(account)s was logged in on another device on %(when)s (%(device)s). If it was not you, end"
            " that session, change the password and tell the bureau."
        ),
        example={"account": "wangxiaodian", "when": "2026-11-24 09:30", "device": "Firefox, 203.0.113.7"},
        channels=frozenset({Channel.EMAIL}),
        urgent=True,
    ),
    Kind(
        name="second_factor_changed",
        title=_("Second factor changed"),
        subject=_("The second factor of your account was changed"),
        body=_(
            "On %(when)s for your account %(account)s: %(change)s. If it was not you, change the password now and tell"
            " the bureau."
        ),
        sms=_(
            "The second factor of your account was changed. If it was not you, change your password and tell the"
            " bureau."
        ),
        example={"account": "wangxiaodian", "when": "2026-11-24 09:30", "change": _("a second factor was added")},
        **SAFETY,
    ),
    Kind(
        name="phone_changed",
        title=_("Phone number changed"),
        subject=_("The phone number of your account was changed"),
        body=_(
            "Since %(when)s your account %(account)s belongs to the number %(phone)s. If it was not you, tell the"
            " bureau at once."
        ),
        sms=_("The phone number of your account was changed. If it was not you, tell the bureau at once."),
        example={"account": "wangxiaodian", "when": "2026-11-24 09:30", "phone": "138****0000"},
        **SAFETY,
    ),
    Kind(
        name="consent_withdrawn",
        title=_("Consent withdrawn"),
        subject=_("Your consent is withdrawn"),
        body=_(
            "On %(when)s you withdrew your consent to “%(purpose)s”. From now on your data is not used for it; what was"
            " done before stays lawful (Personal Information Protection Law, article 15)."
        ),
        example={"when": "2026-11-24 09:30", "purpose": _("Photo for admission and certificate")},
        channels=frozenset({Channel.EMAIL}),
        may_switch_off=False,
    ),
    Kind(
        name="erasure_decided",
        title=_("Decision on erasing your data"),
        subject=_("Your request to erase your data is decided"),
        body=_(
            "Your request of %(requested)s to erase your personal data: %(decision)s. %(reason)s If you do not agree,"
            " you may ask the bureau to look at it again."
        ),
        sms=_("Your request to erase your personal data is decided. Log in to read the decision."),
        example={
            "requested": "2026-11-20",
            "decision": _("carried out"),
            "reason": _("Certificates are kept for as long as the law asks."),
        },
        channels=frozenset({Channel.EMAIL, Channel.SMS}),
        may_switch_off=False,
    ),
    Kind(
        name="roster_done",
        title=_("Roster taken in"),
        subject=_("The roster “%(file)s” is done"),
        body=_(
            "The roster “%(file)s” of %(organisation)s is done: %(taken)s people taken in, %(refused)s lines left out."
        ),
        example={"file": "名单.xlsx", "organisation": "海湾物业", "taken": "48", "refused": "2"},
        channels=frozenset({Channel.EMAIL}),
    ),
)

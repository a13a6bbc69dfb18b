"""How a delivery reaches its reader by each channel; every fault comes out as one of ``ports``."""

from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from core import sms

from . import ports
from .enums import Channel, Unsent
from .kinds import kind_called
from .models import Delivery

SIGNATURE = "【学会应急】"  # carriers in China ask for the sender's name in front


def send(delivery: Delivery) -> str:
    """Hand the delivery to its carrier and return the carrier's reference.

    :raises ports.NoAddress: the user cannot be reached this way.
    :raises ports.Refused: it will never be sent.
    :raises ports.NotYet: it may be sent later.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return BY_CHANNEL[Channel(delivery.channel)](delivery)


def key_of(delivery: Delivery) -> str:
    """Return what a carrier knows the delivery by: the same at every try, so that a repeated one is sent once."""
    return f"notice-{delivery.pk}"


def by_email(delivery: Delivery) -> str:
    notice = delivery.notice
    if not notice.user.email:
        raise ports.NoAddress(Unsent.NO_EMAIL)
    context = {
        "notice": notice,
        "link": absolute(notice.link),
        "preferences": absolute(reverse("notices:preferences")),
    }
    message_id = f"<{key_of(delivery)}@{urlsplit(settings.BASE_URL).hostname}>"
    message = EmailMultiAlternatives(
        subject=notice.subject,
        body=render_to_string("notices/email.txt", context),
        to=[notice.user.email],
        headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("notices/email.html", context), "text/html")
    _post(message)
    return message_id


def _post(message: EmailMultiAlternatives) -> None:
    try:
        message.send()
    except SMTPRecipientsRefused as error:
        codes = [code for code, _text in error.recipients.values()]
        raise (ports.Refused if min(codes, default=0) >= 500 else ports.NotYet)(str(codes)) from error
    except SMTPDataError as error:
        raise (ports.Refused if error.smtp_code >= 500 else ports.NotYet)(str(error.smtp_code)) from error
    except (SMTPException, OSError) as error:  # their texts may hold the address
        raise ports.Unavailable(type(error).__name__) from error
    except ValueError as error:  # what cannot be an address or a header
        raise ports.Refused(type(error).__name__) from error


def by_sms(delivery: Delivery) -> str:
    user, text = delivery.notice.user, kind_called(delivery.notice.kind).sms
    if not (user.phone and user.phone_verified_at):
        raise ports.NoAddress(Unsent.NO_PHONE)
    if not text:
        raise ports.NoAddress(Unsent.NO_TEXT)
    try:
        return sms.gateway().send(phone=user.phone, text=f"{SIGNATURE}{text}", key=key_of(delivery))
    except sms.ShareUsed as error:
        raise ports.NotYet(str(error)) from error
    except sms.Refused as error:
        raise ports.Refused(str(error)) from error
    except sms.Unavailable as error:
        raise ports.Unavailable(str(error)) from error


def by_wechat(delivery: Delivery) -> str:
    notice = delivery.notice
    return ports.wechat().send(
        user_id=notice.user_id,
        title=notice.subject,
        text=notice.body,
        link=absolute(notice.link),
        key=key_of(delivery),
    )


def absolute(path: str) -> str:
    """Return the whole address of a local path; nothing stays nothing."""
    return f"{settings.BASE_URL}{path}" if path else ""


BY_CHANNEL = {Channel.EMAIL: by_email, Channel.SMS: by_sms, Channel.WECHAT: by_wechat}

"""What a reader gets by e-mail, and what its faults become."""

from smtplib import SMTPAuthenticationError, SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from notifications import carriers, ports
from notifications.models import Delivery, Notice

NASTY = '<img src=x onerror="alert(1)">&'


@pytest.fixture
def delivery(tell):
    tell(context={"sender": NASTY, "weight": "2 kg"}, link="/exams/")
    return Delivery.objects.get(channel="email")


def test_a_mail_goes_to_its_reader_and_leads_back(delivery):
    carriers.send(delivery)
    sent = mail.outbox[0]
    assert (sent.to, sent.from_email) == (["reader@example.com"], "noreply@localhost")
    assert sent.body.startswith(f"It came from {NASTY} and weighs 2 kg.\n\nhttps://yingji.example/exams/\n")
    assert "https://yingji.example/notices/preferences/" in sent.body


def test_what_people_typed_is_escaped_in_a_mails_page(delivery):
    carriers.send(delivery)
    page, kind = mail.outbox[0].alternatives[0]
    assert kind == "text/html"
    assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;" in page
    assert "<img" not in page


def test_a_mail_sent_twice_has_one_message_id(delivery):
    assert carriers.send(delivery) == carriers.send(delivery)
    ids = {message.extra_headers["Message-ID"] for message in mail.outbox}
    assert ids == {f"<notice-{delivery.pk}@yingji.example>"}


def test_a_mail_without_a_link_has_none(tell):
    tell()
    carriers.send(Delivery.objects.get(channel="email"))
    assert "<p><a" not in mail.outbox[0].alternatives[0][0]


@pytest.mark.parametrize(
    ("fault", "becomes"),
    [
        (SMTPRecipientsRefused({"reader@example.com": (550, b"no such user")}), ports.Refused),
        (SMTPRecipientsRefused({"reader@example.com": (451, b"greylisted")}), ports.NotYet),
        (SMTPDataError(554, b"spam"), ports.Refused),
        (SMTPDataError(452, b"full"), ports.NotYet),
        (SMTPAuthenticationError(535, b"who are you"), ports.Unavailable),
        (SMTPServerDisconnected("gone"), ports.Unavailable),
        (TimeoutError(), ports.Unavailable),
        (ConnectionRefusedError(), ports.Unavailable),
        (ValueError("not an address"), ports.Refused),
    ],
)
def test_a_mail_servers_fault_becomes_one_of_ours_without_the_address(delivery, monkeypatch, fault, becomes):
    def fail(message):
        raise fault

    monkeypatch.setattr(EmailMultiAlternatives, "send", fail)
    with pytest.raises((ports.Refused, ports.NotYet)) as raised:
        carriers.send(delivery)
    assert type(raised.value) is becomes
    assert "reader@" not in str(raised.value)


def test_a_line_break_in_a_subject_cannot_add_a_header(delivery):
    Notice.objects.update(subject="a\r\nBcc: everyone@example.com")
    delivery.notice.refresh_from_db()
    with pytest.raises(ports.Refused):
        carriers.send(delivery)
    assert mail.outbox == []


def test_a_text_message_says_nothing_about_the_person(tell, carrier, reader):
    tell(context={"sender": "王小电", "weight": "2 kg"})
    carriers.send(Delivery.objects.get(channel="sms"))
    assert carrier.sent == [
        {
            "phone": "+8613800000001",
            "text": "【学会应急】A parcel is here.",
            "key": f"notice-{Delivery.objects.get(channel='sms').pk}",
            "reference": "fake-1",
        }
    ]


def test_a_kind_without_a_text_for_it_is_not_a_text_message(tell):
    notice = tell("silent")
    delivery = Delivery.objects.create(notice=notice, channel="sms", next_at=notice.created_at)
    with pytest.raises(ports.NoAddress) as missing:
        carriers.send(delivery)
    assert missing.value.reason == "no_text"

"""Kinds of notices for tests."""

from core.telling import Channel, Kind

KINDS = (
    Kind(
        name="parcel",
        title="Parcel",
        subject="A parcel from %(sender)s",
        body="It came from %(sender)s and weighs %(weight)s.",
        sms="A parcel is here.",
        example={"sender": "Wang", "weight": "2 kg"},
        channels=frozenset({Channel.SMS, Channel.EMAIL}),
    ),
    Kind(
        name="alarm",
        title="Alarm",
        subject="Alarm",
        body="The alarm went off.",
        sms="The alarm went off.",
        example={},
        channels=frozenset({Channel.SMS}),
        urgent=True,
        may_switch_off=False,
    ),
    Kind(name="silent", title="Silent", subject="Only in the inbox", body="Nothing more.", example={}),
    Kind(
        name="chat",
        title="Chat",
        subject="Hello",
        body="Somebody wrote.",
        example={},
        channels=frozenset({Channel.WECHAT}),
    ),
)

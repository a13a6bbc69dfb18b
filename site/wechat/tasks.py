"""The sweep over replies that came too late."""

from celery import shared_task
from django.utils import timezone

from .actions import late
from .ports import HttpWechatApi
from .queries import inbound as queries

BATCH = 100


@shared_task
def answer_late_messages() -> None:
    """Every 30 s, and when a late reply is found: send what is waiting."""
    api = HttpWechatApi()
    for message_id in queries.waiting(now=timezone.now()).values_list("pk", flat=True)[:BATCH]:
        late.deliver(message_id=message_id, api=api, now=timezone.now())
    late.forget_nonces(now=timezone.now())

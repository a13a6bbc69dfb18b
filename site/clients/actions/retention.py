"""How long answers to repeated requests, and events, are kept."""

from datetime import datetime

from clients.models import Happening, SentRequest
from core.actions.retention import keep


@keep("sent_requests", days=2, source="draft-ietf-httpapi-idempotency-key-header：幂等键保留至少一天")
def purge_sent_requests(before: datetime) -> int:
    """Remove answers kept for repeated requests; they may hold names."""
    return SentRequest.objects.filter(at__lt=before).delete()[0]


@keep("happenings", days=180, source="对接平台断线后按游标补取的期限，由本单位自定")
def purge_happenings(before: datetime) -> int:
    """Remove events with their deliveries."""
    return Happening.objects.filter(at__lt=before).delete()[0]

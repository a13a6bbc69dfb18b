"""How long notices and the log of their deliveries are kept."""

from datetime import datetime

from core.actions.retention import keep
from notifications.enums import DeliveryState
from notifications.models import Delivery, Notice


@keep("notices", days=365, source="个人信息保护法第十九条：保存期限为实现处理目的所必要的最短时间；一年内仍可查阅")
def purge_notices(before: datetime) -> int:
    """Remove notices written before the moment, with whatever is left of their deliveries."""
    old = Notice.objects.filter(created_at__lt=before)
    Delivery.objects.filter(notice__in=old).delete()
    return old.delete()[0]


@keep("deliveries", days=183, source="本平台规定：送达记录保存半年，供核对是否已告知本人")
def purge_deliveries(before: datetime) -> int:
    """Remove finished deliveries that were last due before the moment; the notices stay in the inbox."""
    return Delivery.objects.filter(next_at__lt=before).exclude(state=DeliveryState.PENDING).delete()[0]

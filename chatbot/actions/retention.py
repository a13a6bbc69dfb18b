"""How long what was asked is kept."""

from datetime import datetime

from chatbot.models import Conversation, Turn
from core.actions.retention import keep


@keep(
    "conversations",
    days=365,
    source="个人信息保护法第十九条：保存期限为实现处理目的所必要的最短时间；一年内用于改进答案",
)
def purge_conversations(before: datetime) -> int:
    """Remove the questions asked before the moment, and the conversations that have none left."""
    count = Turn.objects.filter(asked_at__lt=before).count()
    Turn.objects.filter(asked_at__lt=before).delete()
    Conversation.objects.filter(turns=None, started_at__lt=before).delete()
    return count

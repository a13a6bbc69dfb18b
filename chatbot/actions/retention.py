"""How long what was asked is kept."""

from datetime import datetime

from chatbot.models import Turn
from core.actions.retention import keep


@keep(
    "questions", days=365, source="个人信息保护法第十九条：保存期限为实现处理目的所必要的最短时间；一年内用于改进答案"
)
def purge_questions(before: datetime) -> int:
    """Remove the questions asked before the moment, in conversations that still go on, too."""
    old = Turn.objects.filter(asked_at__lt=before)
    count = old.count()
    old.delete()
    return count

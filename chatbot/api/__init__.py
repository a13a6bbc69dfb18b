"""The bot as JSON below /api/v1/chat/: questions, what is said of answers, one's own conversation, the desk."""

from ninja import Router

from .asking import router as asking
from .desk import router as desk
from .own import router as own

router = Router(tags=["chat"])
for part in (asking, own, desk):
    router.add_router("", part)

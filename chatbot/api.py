"""The bot as JSON: POST /api/v1/chat/ask."""

from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Router, Schema
from ninja.responses import Status

from core.addresses import address_of_request

from . import limits
from .actions import asking
from .enums import Channel

router = Router(tags=["chat"])


class QuestionIn(Schema):
    question: str
    conversation: UUID | None = None


class CitationOut(Schema):
    title: str
    source: str
    date: str
    url: str


class AnswerOut(Schema):
    conversation: UUID
    kind: str
    text: str
    citations: list[CitationOut]
    calls: list[str]


class ErrorOut(Schema):
    message: str


@router.post("/ask", response={200: AnswerOut, 400: ErrorOut, 429: ErrorOut})
def ask(request, body: QuestionIn):
    """Answer one question from approved articles. Up to 120 questions a minute and address."""
    if not limits.may_ask(address=address_of_request(request), now=request.now):
        return Status(429, {"message": _("Too many questions. Wait a minute and ask again.")})
    by = request.user if request.user.is_authenticated else None
    try:
        return Status(200, asking.ask(**body.dict(), channel=Channel.API, by=by, now=request.now))
    except asking.BadQuestion as bad:
        return Status(400, {"message": str(bad)})

"""POST /api/v1/chat/ask, and what is said of an answer."""

from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Router

from chatbot import limits
from chatbot.actions import asking, judging
from chatbot.enums import Channel
from clients.problems import Problem, ProblemOut

from . import schemas as s
from . import told
from .callers import WITH_KEY_OR_WITHOUT, counted, user_of

router = Router(auth=WITH_KEY_OR_WITHOUT)
REFUSED = {400: ProblemOut, 401: ProblemOut, 403: ProblemOut, 404: ProblemOut, 422: ProblemOut, 429: ProblemOut}


@router.post("/ask", response={200: s.AnswerOut, **REFUSED})
def ask(request, body: s.QuestionIn):
    """Answer one question from approved articles.

    Without a key up to 120 questions a minute and address; with one that has `chat:ask`, as many as its program may.
    """
    counted(request, limits.may_ask)
    about = {"question": body.question, "conversation": body.conversation, "key": body.id}
    try:
        given = asking.ask(**about, channel=Channel.API, by=user_of(request), now=request.now)
    except asking.BadQuestion as bad:
        raise Problem(400, "bad_question", str(bad)) from bad
    return told.answer(given)


@router.post("/answers/{uuid:key}/judgement", response={200: s.JudgementOut, **REFUSED})
def judge(request, key: UUID, body: s.JudgementIn):
    """Say whether an answer helped, and if not, why; it may be changed. Only who asked may say it."""
    counted(request, limits.may_write)
    try:
        turn = judging.judge(turn=key, **body.dict(), by=user_of(request), now=request.now)
    except judging.NotYours as error:
        raise Problem(404, "not_found", _("There is no such answer, or it is not yours.")) from error
    return {"helped": turn.helped, "complaint": turn.complaint}

"""What goes in and out of the bot's JSON API."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import ConfigDict

from chatbot.enums import Complaint, TicketState
from chatbot.models import MAX_MESSAGE, MAX_QUESTION
from chatbot.tickets import MAX_CONTACT

KIND = Literal["answer", "danger", "choice", "unknown", "referral", "refused"]
REASONS = Literal[tuple(Complaint.values)]
STATES = Literal[tuple(TicketState.values)]


class QuestionIn(Schema):
    question: str = Field(description=f"1 to {MAX_QUESTION} characters.")
    conversation: UUID | None = Field(None, description="As the first answer gave it; empty for a new conversation.")
    id: UUID | None = Field(
        None, description="Your own key of this question (UUID 4). Sent again under it, the same answer comes back."
    )


class CitationOut(Schema):
    model_config = ConfigDict(extra="allow")

    title: str
    source: str
    date: str
    url: str = Field(description="The article's page; a path is one of this site.")


class ChoiceOut(Schema):
    title: str
    url: str


class AnswerOut(Schema):
    """One answer. Fields that a later version adds may be ignored."""

    model_config = ConfigDict(extra="allow")

    id: UUID = Field(description="The key of the question; what is said of the answer names it.")
    conversation: UUID
    kind: KIND
    text: str = Field(description="Small Markdown: headings, lists, bold.")
    citations: list[CitationOut]
    calls: list[str] = Field(description="Numbers to call, the most urgent first.")
    choices: list[ChoiceOut] = Field(description="Articles to go on with, where the question was unclear.")
    may_leave: bool = Field(description="Whether the question may be left for a person.")


class JudgementIn(Schema):
    conversation: UUID
    helped: bool | None = Field(description="Null takes it back.")
    complaint: REASONS | Literal[""] = Field("", description="Why it did not help.")


class JudgementOut(Schema):
    helped: bool | None
    complaint: str


class TurnOut(Schema):
    question: str = Field(description="Personal numbers are masked.")
    asked_at: datetime
    helped: bool | None
    complaint: str
    answer: AnswerOut


class MessageOut(Schema):
    id: UUID
    from_desk: bool
    text: str
    sent_at: datetime


class TicketIn(Schema):
    conversation: UUID | None = None
    question: str = Field("", max_length=MAX_QUESTION, description="Empty: the conversation's last one.")
    contact: str = Field("", max_length=MAX_CONTACT, description="How to be reached, if wished; it is sealed.")


class TicketOut(Schema):
    id: UUID
    conversation: UUID
    question: str
    state: STATES
    staffed: bool = Field(description="Whether somebody sits at the desk now.")
    opens: datetime | None = Field(description="When the desk opens next, where it is closed.")
    messages: list[MessageOut]


class ConversationOut(Schema):
    id: UUID
    turns: list[TurnOut]
    ticket: TicketOut | None


class MessageIn(Schema):
    id: UUID = Field(description="Your own key of this message: sent twice it is one.")
    text: str = Field(description=f"1 to {MAX_MESSAGE} characters.")


class SentOut(Schema):
    ticket: TicketOut
    danger: AnswerOut | None = Field(description="The bot's card, where the message tells of somebody in danger now.")

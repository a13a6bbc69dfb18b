"""What an invigilator may see and sees: the sittings on duty, the room as a grid, one candidate's record."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.apps import apps
from django.db.models import Count, Exists, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from exams.enums import AttemptStatus
from exams.models import Admission, Allowance, Answer, Attempt, Incident, IntegrityEvent, PaperSlot, Sitting
from exams.models import SittingMessage as Message
from exams.rules.timing import seconds_left


def sittings_of(user: User) -> QuerySet[Sitting]:
    """Return the sittings that the user may watch over: an exam officer every one, an invigilator those on duty.

    A sitting to which nobody is assigned is open to every invigilator. Where one sits oneself, one watches over nobody.
    """
    if not user.is_active:
        return Sitting.objects.none()
    sits = Admission.objects.filter(sitting=OuterRef("pk"), person__user=user.pk, cancelled_at=None)
    theirs = Sitting.objects.filter(~Exists(sits))
    if user.is_superuser:
        return theirs
    roles = User.groups.through.objects.filter(user=user.pk)
    officer = Exists(roles.filter(group__name=Role.EXAM_OFFICER.value))
    invigilator = Exists(roles.filter(group__name=Role.INVIGILATOR.value))
    return theirs.filter(Q(officer) | Q(invigilator) & _on_duty(user))


def _on_duty(user: User) -> Q:
    try:
        duties = apps.get_model("exams", "SittingDuty").objects.filter(sitting=OuterRef("pk"))
    except LookupError:  # assigning invigilators is not installed: nobody is assigned anywhere
        return Q()
    return Q(Exists(duties.filter(user=user.pk))) | ~Q(Exists(duties))


def todays(user: User, now: datetime) -> QuerySet[Sitting]:
    """Return the user's sittings whose window touches this day, with how many sit and are done (one query)."""
    day = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    attempts = Attempt.objects.filter(admission__sitting=OuterRef("pk"), admission__cancelled_at=None)
    return (
        sittings_of(user)
        .filter(opens_at__lt=day + timedelta(days=1), closes_at__gte=day)
        .select_related("room__point", "rule__operation")
        .annotate(
            candidates=_count(attempts, "admission__sitting"),
            sitting_now=_count(attempts.filter(status=AttemptStatus.IN_PROGRESS), "admission__sitting"),
            handed_in=_count(
                attempts.filter(status__in=[AttemptStatus.SUBMITTED, AttemptStatus.GRADED]), "admission__sitting"
            ),
        )
        .order_by("opens_at", "pk")
    )


def _count(rows: QuerySet, by: str) -> Coalesce:
    """Return how many of the rows belong to the outer one, as part of its query."""
    counted = rows.order_by().values(by).annotate(n=Count("*")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


@dataclass(frozen=True)
class Place:
    """One candidate as the room's grid shows it; ``state`` is the attempt's status, or checked_in, or paused."""

    attempt: str
    seat: int | None
    ticket: str
    name: str
    state: str
    answered: int
    questions: int
    last_seen: str | None
    seconds_left: int | None
    extra_seconds: int
    incidents: int
    integrity: int
    bound: bool


ASKED = "attempt__presence__seen_at"
ROW = ("seat", "ticket", "person__name", "checked_in_at", "attempt", "attempt__status", "attempt__deadline")
ROW += ("attempt__paused_at", "attempt__extra", "attempt__device", "answered", "questions", "noted", "noticed", "seen")


def room(sitting: Sitting, *, now: datetime) -> list[Place]:
    """Return everybody admitted to the sitting by seat (one query)."""
    answers = Answer.objects.filter(attempt=OuterRef("attempt")).exclude(response="")
    saved = Answer.objects.filter(attempt=OuterRef("attempt")).order_by().values("attempt")
    rows = (
        Admission.objects.filter(sitting=sitting, cancelled_at=None, attempt__isnull=False)
        .annotate(
            answered=_count(answers, "attempt"),
            questions=_count(PaperSlot.objects.filter(paper=OuterRef("attempt__paper")), "paper"),
            noted=_count(Incident.objects.filter(attempt=OuterRef("attempt")), "attempt"),
            noticed=_count(IntegrityEvent.objects.filter(attempt=OuterRef("attempt")), "attempt"),
            saved=Subquery(saved.annotate(last=Max("saved_at")).values("last")),
            seen=Greatest(Coalesce(ASKED, "saved"), Coalesce("saved", ASKED)),
        )
        .order_by("seat", "pk")
        .values(*ROW)
    )
    return [_place(row, now) for row in rows]


def _place(row: dict, now: datetime) -> Place:
    status, paused_at = row["attempt__status"], row["attempt__paused_at"]
    running = status == AttemptStatus.IN_PROGRESS
    state = "paused" if running and paused_at else status
    if status == AttemptStatus.SCHEDULED and row["checked_in_at"]:
        state = "checked_in"
    left = seconds_left(deadline=row["attempt__deadline"], now=now, paused_at=paused_at) if running else None
    return Place(
        attempt=str(row["attempt"]),
        seat=row["seat"],
        ticket=row["ticket"],
        name=row["person__name"],
        state=state,
        answered=row["answered"],
        questions=row["questions"],
        last_seen=row["seen"] and row["seen"].isoformat(),
        seconds_left=left,
        extra_seconds=int(row["attempt__extra"].total_seconds()),
        incidents=row["noted"],
        integrity=row["noticed"],
        bound=bool(row["attempt__device"]),
    )


SHOWN_EVENTS = 100
TICKET = re.compile(r"[0-9A-Za-z-]{6,24}")


def admission_of_ticket(sitting: Sitting, text: str) -> Admission | None:
    """Return the sitting's admission that a ticket number, or the text of its QR code, names (one query)."""
    words = TICKET.findall(text[:500])
    return Admission.objects.filter(sitting=sitting, ticket__in=words).select_related("person").first()


def messages_to(attempt_id: UUID, *, sitting_id: int, after: int = 0) -> list[dict]:
    """Return what was said to the candidate or the whole room after the message of that number (one query)."""
    told = Message.objects.filter(Q(attempt=attempt_id) | Q(attempt=None), sitting=sitting_id, pk__gt=after)
    return [{"id": row.pk, "text": row.text, "at": row.sent_at.isoformat()} for row in told]


def record_of(attempt: Attempt) -> list[dict]:
    """Return what happened around the attempt, oldest first, as time, kind, text and by whom (four queries)."""
    incidents = Incident.objects.filter(attempt=attempt).select_related("noted_by")
    allowances = Allowance.objects.filter(attempt=attempt).select_related("given_by")
    messages = Message.objects.filter(attempt=attempt).select_related("sent_by")
    rows = [
        *(_line(row.noted_at, "incident", row.get_kind_display(), row.text, row.noted_by) for row in incidents),
        *(_line(row.given_at, "allowance", _clockface(row.seconds), row.reason, row.given_by) for row in allowances),
        *(_line(row.sent_at, "message", "", row.text, row.sent_by) for row in messages),
        *(_line(row.at, "integrity", row.get_kind_display(), _lasted(row.seconds)) for row in _noticed(attempt)),
    ]
    return sorted(rows, key=lambda row: row["at"])


def _noticed(attempt: Attempt) -> QuerySet[IntegrityEvent]:
    return attempt.integrity_events.order_by("-pk")[:SHOWN_EVENTS]


def _clockface(seconds: int) -> str:
    return f"+{seconds // 60}:{seconds % 60:02}"


def _lasted(seconds: int | None) -> str:
    return f"{seconds} s" if seconds else ""


def _line(at: datetime, kind: str, title: str, text: str, by: User | None = None) -> dict:
    name = by.get_username() if by else ""
    return {"at": at.isoformat(), "kind": kind, "title": str(title), "text": text, "by": name}


def own_records(person) -> dict[str, list[dict]]:
    """Return what was noted about a person in the room, for themselves (four queries)."""
    title = "attempt__admission__sitting__title"
    return {
        "allowances": list(
            Allowance.objects.filter(attempt__person=person).values(title, "seconds", "reason", "given_at")
        ),
        "incidents": list(Incident.objects.filter(attempt__person=person).values(title, "kind", "text", "noted_at")),
        "integrity_events": list(
            IntegrityEvent.objects.filter(attempt__person=person).values(title, "kind", "at", "seconds")
        ),
        "messages": list(Message.objects.filter(attempt__person=person).values(title, "text", "sent_at")),
    }

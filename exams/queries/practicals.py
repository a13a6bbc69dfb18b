"""Who still needs the practical exam, who is being examined, and who their certificate."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_any_role
from exams.enums import RUNNING_PRACTICALS, PracticalStatus, SittingKind
from exams.models import Attempt, EvidencePhoto, Practical, PracticalMark, PracticalSession, ScoreSheet

from .released import passed_theories

# A practical passed after the theory serves every theory passed before it: two passed theories give one certificate.
SERVES = Q(theory=OuterRef("pk")) | Q(
    person=OuterRef("person"), rule=OuterRef("admission__sitting__rule"), taken_at__gte=OuterRef("submitted_at")
)
OVERSEERS = (Role.EXAM_OFFICER, Role.AUDITOR)


def awaiting_practical() -> QuerySet[Attempt]:
    """Return attempts with a certifying theory passed and released, no passed practical and none being held."""
    running = PracticalSession.objects.filter(
        person=OuterRef("person"), rule=OuterRef("admission__sitting__rule"), status__in=RUNNING_PRACTICALS
    )
    return (
        passed_theories()
        .filter(admission__sitting__kind=SittingKind.CERTIFYING)
        .exclude(Exists(Practical.objects.filter(SERVES, passed=True)))
        .exclude(Exists(running))
        .select_related("person", "admission__sitting__rule__operation")
        .order_by("-submitted_at")
    )


def awaiting_certificate() -> QuerySet[Practical]:
    """Return passed and released practicals without a certificate, the oldest first, for certifiers (three queries).

    A theory that a regrade turned into a fail gives none.
    """
    return (
        Practical.objects.filter(passed=True, certificate=None, theory__in=passed_theories().values("pk"))
        .exclude(session__isnull=False, session__released_at=None)
        .select_related("person", "rule__operation", "theory", "examiner", "session")
        .prefetch_related(
            Prefetch("session__sheets", ScoreSheet.objects.filter(withdrawn_at=None).select_related("examiner"))
        )
        .order_by("taken_at", "pk")
    )


def taken_since(theory: Attempt) -> QuerySet[Practical]:
    """Return the practicals that used up attempts of this theory: its own, and those taken since it."""
    rule = theory.admission.sitting.rule_id
    later = Q(person=theory.person_id, rule=rule, taken_at__gte=theory.submitted_at)
    return Practical.objects.filter(Q(theory=theory) | later)


def passed_since(theory: Attempt) -> QuerySet[Practical]:
    """Return the passed practicals that serve this theory (one query)."""
    return taken_since(theory).filter(passed=True)


def visible_to(user: User) -> QuerySet[PracticalSession]:
    """Return the sessions a user may look at: officers and auditors all, examiners their own, what they opened, and
    what waits for a third examiner; nobody here looks at what they sat themselves (one query for the role).
    """
    sessions = PracticalSession.objects.exclude(person__user=user).select_related(
        "person", "rule__operation", "rule__scheme"
    )
    if has_any_role(user, OVERSEERS):
        return sessions
    mine = Exists(ScoreSheet.objects.filter(session=OuterRef("pk"), examiner=user, withdrawn_at=None))
    return sessions.filter(Q(mine) | Q(opened_by=user) | Q(status=PracticalStatus.THIRD))


def may_compare(user: User, session: PracticalSession) -> bool:
    """Say whether the user may see the marks of all: after the decision who may see the session, before it only who has
    handed in their own sheet, for whoever else looks might still be called as an examiner (one query).
    """
    if session.status == PracticalStatus.DECIDED:
        return True
    return session.sheets.filter(examiner=user).exclude(submitted_at=None).exists()


@dataclass(frozen=True)
class Board:
    """The practical exams a user sees, by what they wait for."""

    mine: list[ScoreSheet]
    waiting: list[PracticalSession]
    third: list[PracticalSession]
    done: QuerySet[PracticalSession]


def board(user: User, *, most: int = 50) -> Board:
    """Return the user's sheets to fill in, and the sessions waiting or done (six queries; ``done`` is lazy)."""
    sessions = visible_to(user).prefetch_related(_sheets())
    mine = ScoreSheet.objects.filter(
        examiner=user, submitted_at=None, withdrawn_at=None, session__status__in=RUNNING_PRACTICALS
    )
    to_do = mine.select_related("session__person", "session__rule__operation").order_by("session__opened_at")
    waiting = sessions.filter(status=PracticalStatus.OPEN).exclude(pk__in=mine.values("session"))
    third = sessions.filter(status=PracticalStatus.THIRD).exclude(pk__in=mine.values("session"))
    done = sessions.exclude(status__in=RUNNING_PRACTICALS).select_related("practical").order_by("-opened_at", "-pk")
    return Board(
        list(to_do[:most]),
        list(waiting.order_by("opened_at")[:most]),
        list(third.order_by("opened_at")[:most]),
        done,
    )


def _sheets() -> Prefetch:
    sheets = ScoreSheet.objects.filter(withdrawn_at=None).select_related("examiner__person").order_by("place")
    return Prefetch("sheets", sheets)


def photo_for(user: User, photo_id) -> EvidencePhoto | None:
    """Return a photo that the user may see, or None: its own examiner, the others once they may compare, and officers
    and auditors (at most three queries).
    """
    photo = EvidencePhoto.objects.select_related("sheet__session").filter(pk=photo_id).first()
    if photo is None:
        return None
    if photo.sheet.examiner_id == user.pk or has_any_role(user, OVERSEERS):
        return photo
    session = photo.sheet.session
    of_it = session.sheets.filter(examiner=user, withdrawn_at=None).exists()
    return photo if of_it and may_compare(user, session) else None


@dataclass(frozen=True)
class Candidates:
    """A practical exam as the candidate sees it: the tasks by number; the outcome once it is released."""

    number: int
    status: str
    tasks: list[str]
    outcome: Practical | None
    marks: list[PracticalMark]


def shown_to_candidate(theory: Attempt) -> Candidates | None:
    """Return the newest practical exam of this theory as its candidate sees it, or None (at most four queries)."""
    session = (
        PracticalSession.objects.filter(theory=theory)
        .exclude(status=PracticalStatus.CANCELLED)
        .select_related("practical__certificate")
        .order_by("-number")
        .first()
    )
    if session is None:
        return _before_sheets(theory)
    outcome = session.practical if session.released_at else None
    tasks = list(session.drawn.order_by("position").values_list("task__code", flat=True))
    return Candidates(session.number, session.status, tasks, outcome, _marks(outcome))


def _before_sheets(theory: Attempt) -> Candidates | None:
    """One examiner entered it, before there were sheets."""
    practical = theory.practicals.select_related("certificate").order_by("-number").first()
    return practical and Candidates(practical.number, PracticalStatus.DECIDED, [], practical, _marks(practical))


def _marks(practical: Practical | None) -> list[PracticalMark]:
    if practical is None:
        return []
    return list(practical.marks.select_related("subject").order_by("subject__code"))

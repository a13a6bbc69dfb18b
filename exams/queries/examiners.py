"""Who may examine whom."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from accounts.enums import OrganisationKind, Role
from accounts.models import Membership, Organisation, OrganisationManager, Person, User
from exams.models import ScoreSheet


def examiners() -> QuerySet[User]:
    """Return the active users who hold the role, with their person (one query)."""
    held = User.objects.filter(groups__name=Role.EXAMINER.value, is_active=True)
    return held.select_related("person").order_by("username")


def examiners_for(candidate: Person, *, leave_out: Iterable[int] = ()) -> QuerySet[User]:
    """Return who may examine the candidate: neither themselves, nor who trains them (three queries and one lazy)."""
    barred = trainers_of(candidate) | {candidate.user_id, *leave_out}
    return examiners().exclude(pk__in=barred - {None})


def trainers_of(candidate: Person) -> set[int]:
    """Return the users who belong to, or manage, a training institution that the candidate ever belonged to.

    Exam staff may not train the same candidates (Orders 30 and 19). An institution is taken with its branches and
    with the institution above it; who left it before the candidate came is not counted (three queries).
    """
    since: dict[str, list] = {}
    joined = Membership.objects.filter(
        person=candidate, organisation__kind=OrganisationKind.TRAINING_INSTITUTION
    ).values_list("organisation__path", "joined_at")
    for path, moment in joined:
        since.setdefault(path, []).append(moment)
    if not since:
        return set()
    there, managed = Q(pk__in=()), Q(pk__in=())
    for path, moments in since.items():
        same = _same_institution(path)
        there |= same & (Q(left_at=None) | Q(left_at__gt=min(moments)))
        managed |= same
    members = Membership.objects.filter(there, person__user__isnull=False).exclude(person=candidate)
    managers = OrganisationManager.objects.filter(managed)
    return {*members.values_list("person__user_id", flat=True), *managers.values_list("user_id", flat=True)}


def _same_institution(path: str) -> Q:
    step = Organisation.steplen
    above = [path[:end] for end in range(step, len(path), step)]
    training = Q(organisation__path__in=above, organisation__kind=OrganisationKind.TRAINING_INSTITUTION)
    return Q(organisation__path__startswith=path) | training


def examined(practical_id: int) -> set[int]:
    """Return the users who had a score sheet of this practical exam, handed in or not (one query)."""
    sheets = ScoreSheet.objects.filter(session__practical=practical_id)
    return set(sheets.values_list("examiner_id", flat=True))


def shown_name(user: User) -> str:
    """Return the name by which a document calls somebody: the real one, or the login where none is registered."""
    person = getattr(user, "person", None)
    return person.name if person else user.get_username()

"""Who may see the pictures and films of stems."""

from django.db.models import Q

from accounts.enums import Role
from accounts.models import Person, User
from accounts.queries import has_any_role
from exams.enums import AttemptStatus, ReleasePolicy
from exams.models import Attempt, StemMedia

STAFF = (Role.QUESTION_AUTHOR, Role.EXAM_OFFICER)


def medium_for(medium_id: int, *, user: User, person: Person | None) -> StemMedia | None:
    """Return the picture or film if ``user`` may see it, else None (at most three queries).

    Staff of the bank see all. Candidates see those of their own paper while they sit over it and once its result is
    released; and whoever is logged in sees what practice shows anyway: questions in use that are not reserved.
    """
    medium = StemMedia.objects.select_related("version__question").filter(pk=medium_id).first()
    if medium is None or not user.is_authenticated:
        return None
    if has_any_role(user, STAFF) or _is_practised(medium) or (person and _is_on_a_paper_of(medium, person)):
        return medium
    return None


def _is_practised(medium: StemMedia) -> bool:
    question = medium.version.question
    return question.current_id == medium.version_id and not question.reserved and question.retired_at is None


def _is_on_a_paper_of(medium: StemMedia, person: Person) -> bool:
    released = Q(admission__sitting__released_at__isnull=False) | Q(
        admission__sitting__release_policy=ReleasePolicy.AT_ONCE
    )
    return (
        Attempt.objects.filter(person=person, paper__slots__version=medium.version_id)
        .filter(Q(status=AttemptStatus.IN_PROGRESS) | Q(released, status=AttemptStatus.GRADED))
        .exists()
    )

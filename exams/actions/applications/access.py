"""Who may change an application, and who may check it."""

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from exams.models import Application
from exams.models.applications import WrongStatus


class NotAReviewer(Exception):
    """Only an exam officer checks applications, and never their own."""


def editable(application_id: int, by: User) -> Application:
    """Return the user's own application, locked; call it inside a transaction.

    :raises Application.DoesNotExist: not theirs.
    :raises WrongStatus: it is no longer theirs to change.
    """
    application = (
        Application.objects.select_for_update(of=("self",))
        .select_related("person", "rule__scheme", "rule__operation__course")
        .get(pk=application_id, person__user=by)
    )
    if not application.is_editable:
        raise WrongStatus(application.status)
    return application


def check_reviewer(application: Application, by: User) -> None:
    """Refuse who may not check this application.

    :raises NotAReviewer: ``by`` lacks the role, or it is their own.
    """
    if not has_role(by, Role.EXAM_OFFICER) or application.person.user_id == by.pk:
        raise NotAReviewer

"""The question bank in the administration: authors write, officers approve, edit and clear up."""

from accounts.enums import Role
from accounts.queries import has_role

BANK_STAFF = (Role.QUESTION_AUTHOR, Role.EXAM_OFFICER)


def roles_of(user) -> dict[str, bool]:
    """Return what pages ask of whoever looks at them."""
    return {"author": has_role(user, Role.QUESTION_AUTHOR), "officer": has_role(user, Role.EXAM_OFFICER)}

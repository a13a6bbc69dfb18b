"""Which role may do what in the exam domain's admin."""

from accounts.actions.roles import allow
from accounts.enums import Role

BANK = ("view_question", "view_questionversion", "view_knowledgepoint", "view_blueprint", "view_legalsource")
REFERENCE = tuple(
    f"{verb}_{noun}"
    for noun in ("category", "operation", "scheme", "operationrule", "practicalsubject")
    for verb in ("add", "change", "view")
)
SITTINGS = (
    *(f"{verb}_{noun}" for noun in ("sitting", "room", "exampoint") for verb in ("add", "change", "view")),
    "view_admission",
)
PERMISSIONS = {
    Role.QUESTION_AUTHOR: BANK,
    Role.EXAM_OFFICER: (
        *BANK,
        "change_question",
        "add_legalsource",
        "change_legalsource",
        "view_certificate",
        *SITTINGS,
        *REFERENCE,
    ),
    Role.INVIGILATOR: ("view_sitting", "view_admission"),
    Role.EXAMINER: ("add_practical", "view_practical"),
    Role.CERTIFIER: ("view_certificate",),
}


def grant_permissions() -> None:
    """Give each exam role its permissions, and none of another's."""
    for role, codenames in PERMISSIONS.items():
        allow(role=role, permissions=[f"exams.{codename}" for codename in codenames])

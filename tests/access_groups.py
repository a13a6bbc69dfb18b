"""Groups of people for ``access_matrix``, and the lines that one of our lists in the administration has."""

from accounts.enums import STAFF_ROLES, Role

ROLES = frozenset(role.value for role in Role)
STAFF = frozenset(role.value for role in STAFF_ROLES) | {"superuser"}  # who may enter the administration
LOGGED_IN = ROLES | {"user", "person", "superuser"}
PUBLIC = LOGGED_IN | {"anonymous"}
PERSON = frozenset({"person"})  # a login with a real-name person behind it
SUPERUSER = frozenset({"superuser"})
NOBODY = frozenset()


def roles(*names: Role) -> frozenset[str]:
    """Return these roles and the superuser."""
    return SUPERUSER | {name.value for name in names}


EXAMINERS, OFFICERS, CERTIFIERS = roles(Role.EXAMINER), roles(Role.EXAM_OFFICER), roles(Role.CERTIFIER)
SEE_SITTINGS = OFFICERS | roles(Role.INVIGILATOR)
AUTHORS = roles(Role.QUESTION_AUTHOR)
SEE_BANK = OFFICERS | AUTHORS
HOLD_PRACTICALS = EXAMINERS | OFFICERS
SEE_PRACTICALS = HOLD_PRACTICALS | roles(Role.AUDITOR)
REVIEW_KNOWLEDGE = roles(Role.KNOWLEDGE_EDITOR, Role.KNOWLEDGE_EXPERT, Role.PUBLISHER)
PUBLISHERS = roles(Role.PUBLISHER)
UNPUBLISH_KNOWLEDGE = roles(Role.KNOWLEDGE_EDITOR, Role.PUBLISHER)
KNOWLEDGE, ADMINISTRATORS = roles(Role.KNOWLEDGE_EDITOR), roles(Role.ADMINISTRATOR)
AUDITORS = roles(Role.AUDITOR)
SEE_PHOTOS = LOGGED_IN  # the view answers 404 to whom it does not concern


def viewset(name: str, *, see, add=SUPERUSER, change=SUPERUSER, delete=SUPERUSER, inspect=False, copy=True) -> dict:
    """Return the lines of one of our lists in the administration: what ``ModelViewSet`` makes of the model's rights.

    What happened to an object, and where it is used, is for those who may do more than look.
    """
    work = add | change | delete
    lines = {
        "": see,
        "results/": see,
        "new/": add,
        "edit/<int:pk>/": change,
        "delete/<int:pk>/": delete,
        "history/<int:pk>/": work,
        "history-results/<int:pk>/": work,
        "usage/<int:pk>/": work,
        **({"inspect/<int:pk>/": see} if inspect else {}),
        **({"copy/<int:pk>/": add} if copy else {}),
    }
    return {f"admin/{name}/{rest}": who for rest, who in lines.items()}


def looked_at(name: str, *, see, inspect: bool = True) -> dict:
    """Return the lines of a list that nobody changes in the administration's own forms."""
    rest = ("", "results/", *(["inspect/<int:pk>/"] if inspect else []))
    return {f"admin/{name}/{line}": see for line in rest}


def organised(name: str, *, add=ADMINISTRATORS, change=NOBODY, delete=NOBODY, key: str = "int") -> dict:
    """Return the lines of one of the lists about organisations, which the auditor sees, too."""
    work = add | change | delete
    see = ADMINISTRATORS | AUDITORS
    lines = {"": see, "results/": see, f"inspect/<{key}:pk>/": see, "new/": add, f"edit/<{key}:pk>/": change}
    lines |= {f"delete/<{key}:pk>/": delete}
    lines |= {f"{page}/<{key}:pk>/": work for page in ("history", "history-results")}
    lines |= {f"usage/<{key}:pk>/": change}
    return {f"admin/{name}/{line}": who for line, who in lines.items()}

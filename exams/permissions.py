"""Which role may do what in the exam domain's admin."""

from accounts.actions.roles import allow
from accounts.enums import Role


def grant_permissions() -> None:
    """Give each exam role its permissions, and none of another's."""
    allow(role=Role.EXAMINER, permissions=["exams.add_practical", "exams.view_practical"])
    allow(role=Role.INVIGILATOR, permissions=["exams.view_sitting", "exams.view_admission"])
    allow(
        role=Role.QUESTION_AUTHOR,
        permissions=["exams.view_question", "exams.view_questionversion", "exams.view_knowledgepoint"],
    )
    allow(role=Role.CERTIFIER, permissions=["exams.view_certificate"])
    allow(
        role=Role.EXAM_OFFICER,
        permissions=[
            *(
                f"exams.{verb}_{model}"
                for verb in ("add", "change", "view")
                for model in ("sitting", "room", "exampoint")
            ),
            "exams.view_admission",
            "exams.view_question",
            "exams.change_question",
            "exams.view_scheme",
            "exams.view_operationrule",
        ],
    )

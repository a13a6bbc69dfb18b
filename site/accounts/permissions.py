"""What auditors and administrators may do beside what their role alone opens."""

from .actions.roles import allow
from .enums import Role


def grant_permissions() -> None:
    """Let auditors, and nobody else, read the audit trail; administrators say how long things are kept."""
    allow(role=Role.AUDITOR, permissions=["core.view_auditentry"])
    allow(role=Role.ADMINISTRATOR, permissions=["core.view_retentionrule", "core.change_retentionrule"])

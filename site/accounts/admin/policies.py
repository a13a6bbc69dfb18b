"""Who may look at people in the admin."""

from accounts.enums import Role
from accounts.queries import has_role
from core.admin.listing import ViewOnlyPolicy


class RolePolicy(ViewOnlyPolicy):
    """Lets in whoever holds the role; asked once a request."""

    def __init__(self, model, role: Role = Role.ADMINISTRATOR):
        super().__init__(model)
        self.role = role

    def may_view(self, user) -> bool:
        known = user.__dict__.setdefault("_held_roles", {})
        if self.role not in known:
            known[self.role] = has_role(user, self.role)
        return known[self.role]

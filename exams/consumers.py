"""The consoles of a sitting: they are told that something changed, and fetch it themselves."""

from core.sockets import ChangeConsumer, session_user

from .pushing import group_of
from .queries.invigilation import sittings_of


class ConsoleConsumer(ChangeConsumer):
    """One open console; for whoever is on duty in the sitting, the Origin is checked before."""

    def group_name(self) -> str:
        return group_of(self.sitting_id)

    def is_allowed(self) -> bool:
        user = session_user(self.scope)
        return user is not None and sittings_of(user).filter(pk=self.sitting_id).exists()

    @property
    def sitting_id(self) -> int:
        """The sitting that the address names."""
        return self.scope["url_route"]["kwargs"]["sitting_id"]

"""What the house asks of others about people: the real-name check."""

from dataclasses import dataclass, field
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from .enums import RealNameState


class NotNow(Exception):
    """The register cannot be asked now (down, quota used); the same question may be answered later."""


class RealNameChecker(Protocol):
    """What a register of identities answers."""

    def check(self, *, name: str, number: str) -> RealNameState:
        """Say whether name and identity number belong together.

        :raises NotNow: nothing was found out.
        """


def checker() -> RealNameChecker:
    """Return the checker that ``REAL_NAME_CHECKER`` names."""
    return import_string(settings.REAL_NAME_CHECKER)()


class Unconnected:
    """No register is connected: everybody stays unchecked until staff have looked at the document."""

    def check(self, *, name: str, number: str) -> RealNameState:
        return RealNameState.UNCHECKED


@dataclass
class FakeRegister:
    """A register for tests: knows ``names`` by number, has a daily ``quota``, and is down ``failures`` times."""

    names: dict[str, str] = field(default_factory=dict)
    quota: int = 100
    failures: int = 0

    def check(self, *, name: str, number: str) -> RealNameState:
        if self.failures:
            self.failures -= 1
            raise NotNow("the register does not answer")
        if self.quota <= 0:
            raise NotNow("today's quota is used up")
        self.quota -= 1
        return RealNameState.MATCHED if self.names.get(number) == name else RealNameState.MISMATCHED

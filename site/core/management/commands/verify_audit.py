"""Prove that no entry of the audit trail was changed, removed or put in; end with 1 and say where if one was.

--head POSITION:DIGEST also proves that nothing was cut off at the end since that head was noted (the log has them).
"""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.actions import proving
from core.queries import audit


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--head", type=_head, help="POSITION:DIGEST noted earlier")

    def handle(self, *, head=None, **options):
        found = proving.prove(now=timezone.now(), known=head)
        for line in found:
            self.stderr.write(line)
        if found:
            raise CommandError(f"The audit trail is not whole: {len(found)} faults.")
        now = audit.head()
        self.stdout.write(
            f"The audit trail is whole; its head is {now.position}:{now.digest}" if now else "It is empty."
        )


def _head(text: str) -> audit.Head:
    position, _, digest = text.partition(":")
    return audit.Head(int(position), digest)

"""Seal every sealed value anew under the first key of FIELD_ENCRYPTION_KEYS; afterwards the older ones can go.

Runs beside the working site and may be stopped and started again. --check only counts the rows under each key, and ends
with 1 while any lies under an older one; what lies outside columns (SEALED_ELSEWHERE) it cannot count.
"""

from django.core.management.base import BaseCommand, CommandError

from core.actions import keys
from core.encryption import Undecryptable


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="count only")

    def handle(self, *, check: bool, **options):
        if not check:
            try:
                keys.rotate(said=self.stdout.write)
            except Undecryptable as error:
                raise CommandError(f"Stopped: {error}. Put its key back into FIELD_ENCRYPTION_KEYS.") from error
        older = 0
        for column in keys.sealed_columns():
            for name, rows in keys.by_key(column).items():
                self.stdout.write(f"{column}  key {name}: {rows} rows")
                older += rows * (name != keys.newest())
        if older:
            raise CommandError(f"{older} values lie under older keys, which must stay in the ring.")
        self.stdout.write(f"Everything lies under key {keys.newest()}; older ones can go.")

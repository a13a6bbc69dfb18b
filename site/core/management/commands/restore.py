"""Put the database and the uploaded files of a backup back into an empty place, or with --replace over what is there.

The whole of FILE is proved before anything is touched. --verify only does that.
"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.actions import backups
from core.databases import DatabaseRefused
from core.sealed_files import Broken, NotSealed, WrongKey

REFUSALS = (Broken, NotSealed, WrongKey, DatabaseRefused, backups.OtherDatabase)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="even though there is something already")
        parser.add_argument("--verify", action="store_true", help="only prove that the file is whole")

    def handle(self, *, file: Path, replace: bool, verify: bool, **options):
        try:
            with file.open("rb") as source:
                if verify:
                    manifest = backups.verify(source=source)
                else:
                    manifest = backups.restore(source=source, replace=replace, now=timezone.now())
        except FileNotFoundError as error:
            raise CommandError(f"There is no {file}.") from error
        except backups.NotEmpty as error:
            raise CommandError(f"Nothing was touched: {error}. With --replace it is replaced.") from error
        except REFUSALS as error:
            raise CommandError(f"Nothing was restored: {error}.") from error
        done = "is whole" if verify else "is back"
        self.stdout.write(f"The backup of {manifest.made_at} {done}: {manifest.vendor}, {manifest.files} files")

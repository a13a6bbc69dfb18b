"""Write the database and the uploaded files to FILE, encrypted under BACKUP_KEY; the site goes on working."""

import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.actions import backups
from core.databases import DatabaseRefused
from core.sealed_files import WrongKey


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options):
        if file.exists():
            raise CommandError(f"{file} exists; a backup overwrites nothing.")
        part = file.with_name(f"{file.name}.part")
        try:
            with open(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as target:  # noqa: PTH123
                manifest = backups.make(target=target, now=timezone.now())
                target.flush()
                os.fsync(target.fileno())
        except (WrongKey, DatabaseRefused) as error:
            part.unlink(missing_ok=True)
            raise CommandError(f"No backup was made: {error}.") from error
        part.rename(file)
        size = file.stat().st_size / 1e6
        self.stdout.write(f"{file}: {size:.1f} MB, {manifest.vendor} and {manifest.files} files")

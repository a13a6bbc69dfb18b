"""Go back to the version of the index before the current one."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kb.actions import indexing


class Command(BaseCommand):
    help = "Point to the previous version of the index."

    def handle(self, **options):
        try:
            self.stdout.write(indexing.roll_back(now=timezone.now()))
        except indexing.NoOlderIndex as error:
            raise CommandError("There is no older version.") from error

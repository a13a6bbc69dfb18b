"""Build the knowledge base's index now."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from kb.actions import indexing


class Command(BaseCommand):
    help = "Build the index from the live articles and swap it in."

    def add_arguments(self, parser):
        parser.add_argument("--train", action="store_true", help="train the encoder and calibrate again")
        parser.add_argument(
            "--whole", action="store_true", help="take nothing over from the version before but its encoder"
        )
        parser.add_argument("--if-stale", action="store_true", help="only if it is behind or cannot be read")

    def handle(self, *, train, whole, if_stale, **options):
        if if_stale and not indexing.is_stale() and indexing.is_readable():
            self.stdout.write("up to date")
            return
        self.stdout.write(indexing.build(now=timezone.now(), train=train, whole=whole))

"""Make the key that signs credentials."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from exams.credentials.keys import KeyExists, make_key


class Command(BaseCommand):
    help = "Make an Ed25519 key at CREDENTIAL_KEY. An existing one is never replaced."

    def add_arguments(self, parser):
        parser.add_argument("--if-missing", action="store_true", help="do nothing where there is one already")

    def handle(self, *, if_missing, **options):
        path = settings.CREDENTIAL_KEY
        if if_missing and path.exists():
            return
        try:
            make_key(path=path, passphrase=settings.CREDENTIAL_KEY_PASSPHRASE)
        except KeyExists as error:
            raise CommandError(
                f"{path} exists. Credentials signed with it need it; put a new one before it."
            ) from error
        self.stdout.write(f"made {path}")

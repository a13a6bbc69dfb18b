"""Make the key that seals certificates."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from exams.documents.signer import COMMON_NAME, SignerExists, make_signer


class Command(BaseCommand):
    help = "Make a self-signed certificate signer at CERTIFICATE_SIGNER. An existing one is never replaced."

    def add_arguments(self, parser):
        parser.add_argument("--common-name", default=COMMON_NAME, help=f"the signer's name (default: {COMMON_NAME})")
        parser.add_argument("--if-missing", action="store_true", help="do nothing where there is one already")

    def handle(self, *, common_name, if_missing, **options):
        path = settings.CERTIFICATE_SIGNER
        if if_missing and path.exists():
            return
        try:
            make_signer(
                path=path,
                passphrase=settings.CERTIFICATE_SIGNER_PASSPHRASE,
                common_name=common_name,
                now=timezone.now(),
            )
        except SignerExists as error:
            raise CommandError(f"{path} exists. Certificates sealed with it need it; move it away first.") from error
        self.stdout.write(f"made {path}")

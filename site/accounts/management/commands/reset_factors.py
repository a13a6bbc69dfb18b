"""Take all second factors from a login whose owner has lost them; they log in again and set up new ones."""

from django.core.management.base import BaseCommand, CommandError

from accounts.actions import factors
from accounts.models import User


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--reason", required=True, help="who asked and how you made sure it was them")

    def handle(self, username: str, reason: str, **options):
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"No login is called {username}.")
        count = factors.reset(user=user, reason=reason, by=None)
        self.stdout.write(f"{count} factors removed, all sessions of {username} ended.")

"""Report what an auditor should know about the roles: superusers, pairs never held together, missing second factors."""

from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError

from accounts.enums import Role
from accounts.factors import factors_of
from accounts.queries.staff import held_together, staff, strange_groups, superusers


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        for user in superusers():
            self.stdout.write(f"superuser: {user.username} holds every role; keep the account for setting up only")
        for user in staff():
            if not factors_of(user):
                self.stdout.write(f"no second factor: {user.username}")
        wrong = [f"{user.username} holds {one.value} and {other.value}" for user, one, other in held_together()]
        wrong += [f"members of the group {name}, which is no role" for name in strange_groups()]
        missing = set(Role.values) - set(Group.objects.values_list("name", flat=True))
        wrong += [f"no group for the role {name}; run seed" for name in sorted(missing)]
        for line in wrong:
            self.stdout.write(f"WRONG: {line}")
        if wrong:
            raise CommandError(f"{len(wrong)} findings about roles must be mended.")
        self.stdout.write("Nobody holds two roles that check each other.")

"""What workers go on with, and what is removed in time."""

from datetime import datetime

from django.db import transaction

from accounts.enums import RosterState
from accounts.models import RosterImport
from core.actions import retention

from .claiming import Clock, unclaimed
from .reading import read
from .taking import take_in

DAYS = 30


def carry_on(*, clock: Clock) -> int:
    """Go on with each roster that waits for a worker; return how many there were."""
    found = unclaimed(now=clock())
    for roster_id, state in found:
        work = read if state == RosterState.UPLOADED else take_in
        work(roster_id=roster_id, clock=clock)
    return len(found)


@retention.keep("roster_imports", days=DAYS, source="个人信息保护法第十九条：保存期限为实现处理目的所必要的最短时间")
def purge(before: datetime) -> int:
    """Remove rosters with their lines and files; one that is just being taken in stays until it is done."""
    old = RosterImport.objects.filter(uploaded_at__lt=before).exclude(state=RosterState.CONFIRMED)
    with transaction.atomic():
        for roster in old:
            if roster.file:
                transaction.on_commit(lambda name=roster.file.name, files=roster.file.storage: files.delete(name))
        _rows, by_model = old.delete()
    return by_model.get("accounts.RosterImport", 0)

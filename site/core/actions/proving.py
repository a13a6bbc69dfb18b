"""Prove the audit trail and note the outcome."""

import logging
from datetime import datetime

from django.db import transaction

from core.models import AuditCheck
from core.queries import audit
from core.rules import chain

from .auditing import link_committed

log = logging.getLogger(__name__)


def prove(*, now: datetime, known: audit.Head | None = None) -> list[str]:
    """Return the places where the trail was changed, cut or filled; the outcome is noted for the trail's page."""
    link_committed()
    found = list(audit.faults(now=now, known=known))
    for fault in found:
        log.error("audit trail: %s", fault)
    head = audit.head() or audit.Head(0, chain.START)
    with transaction.atomic():
        AuditCheck.objects.create(at=now, position=head.position, digest=head.digest, faults=len(found))
    return found

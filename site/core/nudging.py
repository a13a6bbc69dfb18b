"""Tell a worker that there is something to do. A row says it too, so a lost nudge only costs the sweep's interval."""

import logging
from functools import partial

from celery import current_app
from django.db import transaction

log = logging.getLogger(__name__)


def nudge_on_commit(task: str, **kwargs) -> None:
    """Send the task of that dotted name once the transaction is committed; a broker that is down is only logged."""
    transaction.on_commit(partial(_send, task, kwargs))


def _send(task: str, kwargs: dict) -> None:
    try:
        current_app.send_task(task, kwargs=kwargs, retry=False)
    except Exception:
        log.warning("no broker took %s; the sweep will", task, exc_info=True)

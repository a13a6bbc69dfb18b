"""Celery's file-system transport, with files that appear whole.

kombu opens a message's file, locks it and then writes: a worker that lists the folder in between takes an empty message
and dies of it. Here a file is written beside its place and then put there in one step.
"""

import contextlib
import os
from pathlib import Path
from time import monotonic
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(self, queue, payload, **kwargs):
        place = Path(self.data_folder_out) / f"{round(monotonic() * 1000)}_{uuid4()}.{queue}.msg"
        draft = self._draft(place, dumps(payload))
        draft.replace(place)

    def _queue_bind(self, exchange, routing_key, pattern, queue):
        table = self._exchange_file(exchange)
        if not table.exists():
            self.control_folder.mkdir(exist_ok=True)
            draft = self._draft(table, dumps([]))
            with contextlib.suppress(FileExistsError):  # another process was first
                os.link(draft, table)
            draft.unlink()
        super()._queue_bind(exchange, routing_key, pattern, queue)

    def _draft(self, place: Path, text: str) -> Path:
        draft = place.with_name(f".{uuid4()}")  # no queue's file begins so
        try:
            draft.write_text(text, encoding="utf-8")
        except OSError as error:
            raise ChannelError(f"Cannot add file {place} to its directory") from error
        return draft


class Transport(filesystem.Transport):
    Channel = Channel

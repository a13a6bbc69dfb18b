"""Move everything that is sealed under the newest field key, beside running traffic; say what lies under which key."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, F, TextField, Value
from django.db.models.functions import Cast, Left, StrIndex
from django.utils.module_loading import import_string

from core.encryption import EncryptedTextField, decrypt
from core.enums import Deed

from .auditing import record

ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class Sealed:
    """One column of sealed text."""

    model: type[models.Model]
    field: str

    def __str__(self):
        return f"{self.model._meta.label_lower}.{self.field}"

    def rows(self) -> models.QuerySet:
        """Return the rows that hold something, with the stored text, still sealed, as ``stored``."""
        stored = self.model._base_manager.annotate(stored=Cast(F(self.field), TextField()))
        return stored.exclude(stored=None).exclude(stored="")


def sealed_columns() -> list[Sealed]:
    """Return every column of sealed text that the installed rooms have."""
    return [
        Sealed(model, field.attname)
        for model in apps.get_models()
        if not model._meta.proxy
        for field in model._meta.local_concrete_fields
        if isinstance(field, EncryptedTextField)
    ]


def newest() -> str:
    """Return the name of the key that seals."""
    return settings.FIELD_ENCRYPTION_KEYS[0].partition(":")[0]


def by_key(column: Sealed) -> dict[str, int]:
    """Return how many rows of the column lie under each key (one query)."""
    name = Left("stored", StrIndex("stored", Value(":")) - 1)
    found = column.rows().order_by().values(key_name=name).annotate(rows=Count("*")).values_list("key_name", "rows")
    return dict(sorted(found))


def rotate(*, said: Callable[[str], None]) -> Counter:
    """Seal every value that lies under an older key anew and return how many rows of each column were.

    What was interrupted goes on where it stopped: only rows under older keys are touched. A row that somebody changes
    meanwhile is left alone: saving it sealed it under the newest key already. What ``SEALED_ELSEWHERE`` names is sealed
    anew every time.

    :raises Undecryptable: a row's key is no longer in the ring; everything before it stays done.
    """
    done = Counter()
    for column in sealed_columns():
        for count in _batches(column):
            done[str(column)] += count
            said(f"{column}: {done[str(column)]}")
        if done[str(column)]:
            after = {"column": column.field, "rows": done[str(column)], "key": newest()}
            record(deed=Deed.CHANGED, kind=column.model._meta.label_lower, after=after, reason="field key rotated")
    for path in settings.SEALED_ELSEWHERE:  # secrets inside JSON, sealed files: whoever seals them knows where
        done[path] = import_string(path)()
        said(f"{path}: {done[path]}")
    return done


def _batches(column: Sealed) -> Iterator[int]:
    """Work through the column in the order of its keys, a transaction for each few hundred rows."""
    waiting = column.rows().exclude(stored__startswith=f"{newest()}:").order_by("pk")
    last = None
    while True:
        later = waiting if last is None else waiting.filter(pk__gt=last)
        rows = list(later.values_list("pk", "stored")[:ROWS_AT_ONCE])
        if not rows:
            return
        with transaction.atomic():
            count = sum(_seal_anew(column, pk, stored) for pk, stored in rows)
        last = rows[-1][0]
        yield count


def _seal_anew(column: Sealed, pk, stored: str) -> int:
    """Compare and set: only if the row still holds what was read is it written. Saving through the field seals it."""
    return column.rows().filter(pk=pk, stored=stored).update(**{column.field: decrypt(stored)})

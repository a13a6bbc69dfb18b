"""Load the city's districts from ``accounts/content``."""

from pathlib import Path

import yaml
from django.db import transaction

from accounts.models import District

CONTENT = Path(__file__).resolve().parent.parent / "content"


def load_districts() -> int:
    """Store the districts; return how many there are."""
    rows = yaml.safe_load((CONTENT / "districts.yaml").read_text(encoding="utf-8"))
    with transaction.atomic():
        for position, row in enumerate(rows, 1):
            District.objects.update_or_create(code=row["code"], defaults={"name": row["name"], "position": position})
    return len(rows)

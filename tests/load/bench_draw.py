"""What it takes to draw the papers of a whole sitting: 2,000 of 100 questions, stored, with their use counted."""

import json
import time

from _machine import set_up

set_up()

from django.db import connection
from django.utils import timezone

from exams.actions.papers import draw_many
from exams.models import Blueprint

PAPERS = 2000
blueprint = Blueprint.objects.get()
questions = sum(row.count for row in blueprint.rows.all())
draw_many(blueprint=blueprint, seeds=range(10), now=timezone.now())  # loads the code and the plans
started = time.perf_counter()
papers = draw_many(blueprint=blueprint, seeds=range(1000, 1000 + PAPERS), now=timezone.now())
took = time.perf_counter() - started
assert len(papers) == PAPERS
print(
    json.dumps(
        {
            "name": f"draw {PAPERS} papers",
            "unit": "s",
            "value": round(took, 1),
            "detail": f"{questions} questions each, stored on {connection.vendor}; at most 30 s",
        }
    ),
    flush=True,
)

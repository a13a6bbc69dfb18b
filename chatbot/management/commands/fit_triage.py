"""Fit the chance that somebody is in danger now, and write it into the repository; needed after many new articles."""

import json

from django.core.management.base import BaseCommand, CommandError

from chatbot import fitting
from chatbot.rules import presence
from kb import retrieval
from kb.evaluation import trials


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        current = retrieval.current_snapshot()
        if current is None:
            raise CommandError("There is no index.")
        unseen = trials.without_held_out(current.documents, lexicon=current.lexicon, judged_by=current.calibration)
        model, figures = fitting.fit(current.documents, unseen)
        stored = {"sure": model.sure, "possible": model.possible, "coefficients": model.coefficients}
        presence.FITTED.write_text(json.dumps(stored | {"figures": figures}, indent=1) + "\n", encoding="utf-8")
        for name, value in (stored | figures).items():
            self.stdout.write(f"{name}: {value}")

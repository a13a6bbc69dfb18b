"""Measure retrieval on our own questions, each held out of what it is searched in."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kb import encoder, sources
from kb.evaluation.report import report
from kb.evaluation.trials import run

SHARES = (
    "recall_at_1", "recall_at_3", "recall_at_5", "ndcg_at_10", "auroc", "calibration_error", "answered_at_95",
)  # fmt: skip


class Command(BaseCommand):
    help = "Print recall, nDCG, AUROC, calibration error, what is answered at 95 % precision, and the misses by topic."

    def add_arguments(self, parser):
        parser.add_argument("--misses", action="store_true", help="list every question whose first hit was wrong")

    def handle(self, *, misses, **options):
        documents = sources.documents()
        if not documents:
            raise CommandError("There are no live articles to evaluate.")
        given = encoder.load(Path(settings.KB_ENCODER)) if settings.KB_ENCODER else None
        figures = report(run(documents, encoder=given))
        for name in ("questions", "out_of_scope"):
            self.stdout.write(f"{name:20} {getattr(figures, name)}")
        for name in SHARES:
            self.stdout.write(f"{name:20} {getattr(figures, name):.3f}")
        for topic, (wrong, asked) in figures.misses.items():
            self.stdout.write(f"missed in {topic:15} {wrong} of {asked}")
        for question, expected, found in figures.missed if misses else ():
            self.stdout.write(f"{question}  expected {expected}, found {found}")

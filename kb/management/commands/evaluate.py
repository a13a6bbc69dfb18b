"""Measure an index, and the bot on it, by labelled questions; fail where a figure is under its floor."""

from django.core.management.base import BaseCommand, CommandError

from kb.evaluation import figures, floors, questions
from kb.evaluation.measuring import CannotMeasure, measure
from kb.index import store


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--set", dest="question_set", default="test", help="which questions: development or test")
        parser.add_argument("--index", dest="index_version", default="", help="of the index; default: the current one")
        parser.add_argument("--against", default="", help="another version, shown beside it")
        parser.add_argument("--misses", action="store_true", help="list every question that went wrong")

    def handle(self, *, question_set, index_version, against, misses, **options):
        try:
            first = measure(index_version or store.current(), question_set)
            second = measure(against, question_set) if against else None
        except (CannotMeasure, questions.UnreadableSet) as error:
            raise CommandError(str(error)) from error
        told = figures.figures(first).stored()
        beside = figures.figures(second).stored() if second else {}
        for name, value in told.items():
            self.stdout.write(f"{name:20} {value:>10}" + (f" {beside[name]:>10}" if beside else ""))
        for tag, (right, asked) in figures.by_tag(first).items():
            self.stdout.write(f"right, {tag:22} {right} of {asked}")
        for miss in figures.missed(first) if misses else ():
            expected, shown = ",".join(miss["expected"]) or "-", ",".join(miss["slugs"]) or "-"
            self.stdout.write(f"{miss['id']} {miss['question']}  expected {expected}, said {miss['said']} {shown}")
        if short := floors.under(told, question_set):
            told = ", ".join(f"{name} is {value}, asked is {asked}" for name, (value, asked) in short.items())
            raise CommandError(f"Under the floor: {told}")

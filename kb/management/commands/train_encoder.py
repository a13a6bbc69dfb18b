"""Train the bundled encoder's weights on public texts: minutes on two cores, a developer's work."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tokenizers import Tokenizer

from kb import encoder, training
from kb.pretraining import public


class Command(BaseCommand):
    help = "Train the weights of kb/model on the public pairs; build_tokenizer comes first."

    def add_arguments(self, parser):
        parser.add_argument("--data", type=Path, required=True, help="folder with train-pairs.jsonl.xz")
        parser.add_argument("--teacher", type=Path, help="folder of an English SentenceTransformer to learn from")
        parser.add_argument("--cache", type=Path, help="where the teacher's vectors are kept; default: its folder")
        parser.add_argument("--out", type=Path, default=training.BUNDLED, help="folder of the model")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *, data, teacher, cache, out, seed, **options):
        try:
            sources = public.sources(data)
        except public.NoPublicTexts as missing:
            raise CommandError(f"There are no training pairs: {missing}") from missing
        if not (out / "tokenizer.json").is_file():
            raise CommandError(f"There is no tokenizer in {out}: build_tokenizer comes first.")
        encoder.quiet_torch()
        from kb.pretraining import fitting
        from kb.pretraining.teacher import lessons

        tokenizer = Tokenizer.from_file(str(out / "tokenizer.json"))
        taught = lessons(teacher, sources, size=fitting.SIZES[0], cache=cache or teacher) if teacher else {}
        weights = fitting.fit(tokenizer, sources, lessons=taught, tell=self.stdout.write, seed=seed)
        training.assemble(tokenizer, weights, folder=out)
        self.stdout.write(f"{encoder.fingerprint(out)} in {out}")

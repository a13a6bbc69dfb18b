"""Make the bundled encoder's tokenizer anew; its weights no longer fit then: train_encoder follows."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kb import training
from kb.pretraining import public, tokenizer
from kb.pretraining.ours import texts as our_texts


class Command(BaseCommand):
    help = "Make the tokenizer of kb/model from jieba's dictionary, the public texts and our own articles."

    def add_arguments(self, parser):
        parser.add_argument("--data", type=Path, required=True, help="folder with train-pairs.jsonl.xz")
        parser.add_argument("--out", type=Path, default=training.BUNDLED, help="folder of the model")

    def handle(self, *, data, out, **options):
        try:
            texts = public.texts(public.sources(data))
        except public.NoPublicTexts as missing:
            raise CommandError(f"There are no training pairs: {missing}") from missing
        made = tokenizer.build(texts, our_texts())
        out.mkdir(parents=True, exist_ok=True)
        (out / "tokenizer.json").write_text(made.to_str(pretty=False), encoding="utf-8")
        self.stdout.write(f"{made.get_vocab_size()} pieces")

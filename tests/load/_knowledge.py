"""A knowledge base of 10,000 passages: the articles again and again, their sentences drawn anew."""

import dataclasses
import random

from kb.sources import Document, Passage

PASSAGES = 10_000


def larger(documents: tuple[Document, ...]) -> tuple[Document, ...]:
    """Return the documents and so many made from them that they have PASSAGES passages, by id."""
    draw, found = random.Random(1), list(documents)
    sentences = [line for each in documents for passage in each.passages for line in passage.text.splitlines() if line]
    count = sum(len(each.passages) for each in documents)
    while count < PASSAGES:
        old = documents[len(found) % len(documents)]
        passages = tuple(
            Passage(each.heading, "\n".join(draw.sample(sentences, len(each.text.splitlines()))))
            for each in old.passages
        )
        asked = tuple(f"{question[:-2]}{draw.choice(sentences)[:8]}" for question in old.questions)
        found.append(dataclasses.replace(old, id=f"{old.id}-{len(found)}", questions=asked, passages=passages))
        count += len(passages)
    return tuple(sorted(found, key=lambda document: document.id))

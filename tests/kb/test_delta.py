"""An index made from an older one is the same as one made from nothing, and costs only what changed."""

from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb import encoder as encoders
from kb import ranking, training
from kb.calibration import CAUTIOUS
from kb.index import vectors
from kb.index.snapshot import Snapshot
from kb.lexicon import EMPTY, Lexicon
from kb.sources import Document, Passage

WORDS = ["油锅", "起火", "煤气", "中毒", "触电", "电梯", "被困", "溺水", "灭火器", "怎么办"]
TEXT = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map("".join)
OTHER_WORDS = Lexicon.of([], [["煤气", "燃气"], ["灭火器", "灭火筒"]])


@pytest.fixture(scope="module")
def bundled():
    return encoders.load(training.BUNDLED)


@dataclass
class Counting:
    """An encoder that remembers what it was asked to encode."""

    encoder: object
    asked: list = field(default_factory=list)

    @property
    def id(self):
        return self.encoder.id

    def encode(self, texts):
        self.asked += texts
        return self.encoder.encode(texts)


def document(slug: str, title: str, questions=(), passages=(), english="") -> Document:
    told = tuple(Passage("要点", text) for text in passages)
    return Document(slug, title, "", "home", "", "", "", "", tuple(questions), told, english=english)


@st.composite
def document_sets(draw):
    slugs = draw(st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=6))
    several = st.lists(TEXT, max_size=3)
    return tuple(
        document(slug, draw(TEXT), draw(several), draw(several), draw(st.sampled_from(["", "call 119"])))
        for slug in sorted(slugs)
    )


def made(documents, encoder, **options) -> Snapshot:
    return Snapshot.build(documents, encoder=encoder, calibration=CAUTIOUS, trained_on=1, **options)


def same(one: Snapshot, other: Snapshot) -> None:
    assert one.documents == other.documents
    for mine, theirs in zip(one.fields, other.fields, strict=True):
        assert (mine.numbers, mine.postings.tolist()) == (theirs.numbers, theirs.postings.tolist())
        assert mine.weights.tolist() == theirs.weights.tolist()
    assert one.prints.tolist() == other.prints.tolist()
    assert np.allclose(vectors.matrix_of(one.vectors), vectors.matrix_of(other.vectors), atol=1e-6)


@given(before=document_sets(), after=document_sets(), first=st.sampled_from([EMPTY, OTHER_WORDS]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_index_made_from_another_is_the_one_made_from_nothing(bundled, before, after, first):
    old = made(before, bundled, lexicon=first)
    same(made(after, bundled, lexicon=OTHER_WORDS, reuse=old), made(after, bundled, lexicon=OTHER_WORDS))


def test_only_texts_that_are_new_are_encoded(bundled):
    before = tuple(document(slug, f"{slug}电梯被困", ["煤气中毒"], ["触电"]) for slug in "abc")
    changed = replace(before[1], questions=("煤气中毒", "油锅起火"))
    counting = Counting(bundled)
    made((before[0], changed, before[2]), counting, reuse=made(before, bundled))
    assert counting.asked == ["油锅起火"]


def test_other_words_encode_only_what_they_fold_differently(bundled):
    before = (document("a", "煤气中毒", ["灭火筒"], ["触电"]),)
    counting = Counting(bundled)
    made(before, counting, lexicon=OTHER_WORDS, reuse=made(before, bundled))
    assert counting.asked == ["灭火器"]


def test_another_encoder_encodes_everything_anew(bundled):
    before = (document("a", "煤气中毒", ["灭火筒"], ["触电"]),)
    counting = Counting(replace(bundled, id="another"))
    made(before, counting, reuse=made(before, bundled))
    assert sorted(counting.asked) == ["灭火筒", "煤气中毒", "要点 触电"]


def test_a_delta_finds_what_it_took_over_and_what_is_new(bundled):
    before = tuple(
        document(slug, title, [title]) for slug, title in zip("abc", ["油锅起火", "煤气中毒", "触电"], strict=True)
    )
    after = (*before[:2], document("d", "电梯被困", ["电梯被困"]))
    index = made(after, bundled, reuse=made(before, bundled))
    firsts = [ranking.rank(index, asked, limit=1)[0][0].document for asked in ("油锅起火", "煤气中毒", "电梯被困")]
    assert firsts == [0, 1, 2]

"""Questions about lifts and drones, and an index that tells them apart."""

from datetime import timedelta
from types import SimpleNamespace

import numpy as np
import pytest

from kb import retrieval

TOPICS = ("电梯", "无人机", "股票", "烧烤")
LIFTS, DRONES = ["宠物能坐电梯吗", "电梯里能带狗吗", "狗能坐电梯吗"], ["无人机能飞吗", "小区飞无人机"]


class ByTopic:
    """An index whose encoder sees the topic that a question names, and little of the rest."""

    version = "000001-aaaaaaaaaaaa"
    lexicon = SimpleNamespace(fold=lambda text: text)

    @property
    def encoder(self):
        return self

    def encode(self, texts):
        vectors = np.zeros((len(texts), 32), dtype=np.float32)
        for row, text in enumerate(texts):
            for at, topic in enumerate(TOPICS):
                vectors[row, at] = 10.0 * (topic in text)
            vectors[row, len(TOPICS) + len(text) % 20] = 1.0
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def understood(self, question):
        return question


@pytest.fixture(autouse=True)
def index(monkeypatch):
    current = ByTopic()
    monkeypatch.setattr(retrieval, "current_snapshot", lambda: current)
    return current


@pytest.fixture
def now(at):
    return at("12:00")


@pytest.fixture
def asked(make_turn, at):
    """Five questions about lifts and drones, and three that want nothing."""
    turns = [
        make_turn("宠物能坐电梯吗"),
        make_turn("电梯里能带狗吗", kind="choice", confidence=0.4, asked_at=at("10:01")),
        make_turn("无人机能飞吗", asked_at=at("10:02")),
        make_turn("狗能坐电梯吗", kind="answer", confidence=0.97, helped=False, article="ladder", asked_at=at("10:03")),
        make_turn("小区飞无人机", asked_at=at("10:04")),
    ]
    make_turn("电梯坏了", kind="answer", confidence=0.97, helped=True)
    make_turn("电梯吃什么药", kind="referral", helped=False)
    make_turn("电梯往事", asked_at=at("10:00") - timedelta(days=91))
    return turns

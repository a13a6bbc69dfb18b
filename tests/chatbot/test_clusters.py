"""Vectors are put together by how near they are, and clusters keep the names they had."""

import numpy as np
import pytest

from chatbot.rules import clusters


def unit(*degrees: float) -> np.ndarray:
    """Return unit vectors in the plane at these angles."""
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def test_a_vector_joins_the_nearest_leader_or_begins_a_cluster():
    assert clusters.led(unit(10, 80, 200), unit(0, 90)) == [0, 1, 2]
    assert clusters.led(unit(0, 59, 62), np.zeros((0, 2), dtype=np.float32)) == [0, 0, 0]  # the middle moves along
    assert clusters.led(unit(0, 59, 100), np.zeros((0, 2), dtype=np.float32)) == [0, 0, 1]  # halfway, not all the way
    assert clusters.led(unit(0, 61), np.zeros((0, 2), dtype=np.float32)) == [0, 1]


def test_what_is_nowhere_near_stays_alone():
    assert clusters.joined(unit(0, 10, 180, 190, 95)) == clusters.joined(unit(1, 11, 181, 191, 96))
    found = clusters.joined(unit(0, 10, 180, 190, 95))
    assert (found[0] == found[1], found[2] == found[3], len(set(found))) == (True, True, 3)


@pytest.mark.parametrize(("vectors", "found"), [(unit(), []), (unit(30), [0])])
def test_none_and_one(vectors, found):
    assert clusters.joined(vectors.reshape(-1, 2)) == found


def test_the_middle_is_nearest_to_all_and_the_first_of_equals():
    assert clusters.middle(unit(0, 40, 50, 90)) == 1
    assert clusters.middle(unit(20, 20, 20)) == 0


def test_a_cluster_takes_over_the_former_one_that_it_shares_most_with():
    assert clusters.most_shared([0, 0, 0, 1, 1, 2], [7, 7, 8, 8, 0, 0]) == {0: 7, 1: 8}
    assert clusters.most_shared([0, 1, 1], [7, 7, 7]) == {1: 7}
